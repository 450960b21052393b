/** What was seen of a target's retries in real time, of one operation whose every attempt fails. */
export interface RetryTimes {
  /** Milliseconds from each failure to the next attempt, as far as they came; empty where the probe tells no attempts. */
  readonly waits: readonly number[];
  /** Whether the operation came to rest: then there is no further retry to wait for. */
  readonly ended: boolean;
  /** Milliseconds for which the operation was watched. */
  readonly watchedMs: number;
}

/** The retries of an operation that fails for good. */
const mostRetries = 3;

/**
 * How long a target takes for its retries on a real clock: measured once, when first asked for, so that
 * no check waits for what is known not to come in time.
 */
export class MeasuredRetries {
  readonly #measure: () => Promise<RetryTimes | undefined>;
  #measured: Promise<RetryTimes | undefined> | undefined;
  #known: RetryTimes | undefined;

  /** @param measure gives undefined where the target does not let itself be measured */
  constructor(measure: () => Promise<RetryTimes | undefined>) {
    this.#measure = measure;
  }

  /** The times, measured now if they have not been. */
  times(): Promise<RetryTimes | undefined> {
    this.#measured ??= this.#measure().then((times) => (this.#known = times));
    return this.#measured;
  }

  /**
   * Why so many retries do not fit the time that a check may wait, with the way out; undefined where
   * they do, and where nothing is known.
   */
  beyond(retries: number): string | undefined {
    if (this.#known === undefined) return undefined;
    const { waits, ended, watchedMs } = this.#known;
    const needed = Math.min(retries, mostRetries);
    if (ended || waits.length >= needed) return undefined;
    const seen = waits.length === 0 ? 'no retry came' : `retry ${waits.length + 1} did not come`;
    return `needs a virtual clock, --slow, or a longer budget.waitMs: ${seen} in ${Math.round(watchedMs / 1_000)} s`;
  }
}
