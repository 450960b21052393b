import type { FlowAnswer, VirtualOrganization } from './virtual-organization.ts';

/** How long a flow waits for a callback, in milliseconds of the organization's time. */
export interface Patience {
  /** After so long without a call it looks at the monitor, and again after each further wait of this length. */
  readonly lookEveryMs: number;
  /** After so long in all it gives up. */
  readonly giveUpAfterMs: number;
}

/** A quarter of an hour is more than four attempts of two minutes and the waits between them take. */
const usual: Patience = { lookEveryMs: 900_000, giveUpAfterMs: 6 * 3_600_000 };

/** The end of an operation, as its callback or its monitor tells it. */
export interface Completion {
  readonly statusCode: unknown;
  readonly errorCode: number | undefined;
  readonly errorMessage: string | undefined;
  /** Where the monitor is, if the callback told. */
  readonly location: unknown;
  /** Only what the monitor tells has outputs. */
  readonly outputs: Readonly<Record<string, unknown>> | undefined;
}

const completed = 3;

/**
 * Waits for the end of an operation: for its callback, or, where that does not come in time, for the monitor to show
 * it. A callback may get lost; a flow that only waits then waits for ever.
 *
 * @param called the body of the callback
 * @param monitor its path; undefined where the answer to the submission got lost
 * @param read asks the monitor; undefined where it is not answered
 * @returns undefined if nothing was learned in time
 */
export async function completionOf(
  organization: VirtualOrganization,
  called: Promise<Readonly<Record<string, unknown>>>,
  monitor: string | undefined,
  read: (path: string) => Promise<FlowAnswer | undefined>,
  { lookEveryMs, giveUpAfterMs }: Patience = usual,
): Promise<Completion | undefined> {
  const until = organization.now() + giveUpAfterMs;
  for (;;) {
    const body = await Promise.race([called, organization.wait(lookEveryMs)]);
    if (body !== undefined) return told(body);
    const seen = monitor === undefined ? undefined : await read(monitor);
    if (seen?.status === 200 && seen.body.backgroundOperationStateCode === completed)
      return { ...told(seen.body), outputs: seen.body };
    if (organization.now() >= until) return undefined;
  }
}

/** Reads the members that a callback and a monitor share. */
function told(body: Readonly<Record<string, unknown>>): Completion {
  return {
    statusCode: body.backgroundOperationStatusCode,
    errorCode: body.backgroundOperationErrorCode as number | undefined,
    errorMessage: body.backgroundOperationErrorMessage as string | undefined,
    location: body.location,
    outputs: undefined,
  };
}
