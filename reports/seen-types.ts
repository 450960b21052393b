/** A change of an operation's codes, seen between two observations that follow each other. */
export interface SeenTransition {
  /** State and status before, e.g. "0,0". */
  readonly from: string;
  readonly to: string;
  /** How often it was seen. */
  readonly count: number;
}

/** The waits before each retry of one operation, on the target's clock. */
export interface SeenBackoff {
  readonly operation: string;
  /** Milliseconds; the first is the wait before the second attempt. */
  readonly waits: readonly number[];
}

/** What a whole run saw of the lifecycle, passed checks included; for the pictures of the page. */
export interface Seen {
  readonly operations: number;
  /** Pairs of codes with the number of observations. */
  readonly states: readonly { readonly codes: string; readonly count: number }[];
  readonly transitions: readonly SeenTransition[];
  readonly backoff: readonly SeenBackoff[];
}
