/** The service protection limits of one user, all within one sliding window. */
export interface ProtectionLimits {
  /** Length of the sliding window, milliseconds. */
  readonly windowMs: number;
  /** Requests in the window. */
  readonly requests: number;
  /** Milliseconds that all requests in the window may take together. */
  readonly executionMs: number;
  /** Requests at the same time. */
  readonly concurrent: number;
}

/**
 * The documented defaults of Dataverse: 6,000 requests and 20 minutes of execution in 5 minutes, 52 at once.
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/api-limits
 */
export const documentedLimits: ProtectionLimits = {
  windowMs: 5 * 60_000,
  requests: 6_000,
  executionMs: 20 * 60_000,
  concurrent: 52,
};
