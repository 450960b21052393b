/** How a way is sampled. */
export interface SampleSettings {
  /** Messages that must have come in all, before the way counts as one that loses nothing. */
  readonly enough: number;
  /** Messages that are sent anew each time, since a way may have become worse. */
  readonly fresh: number;
  /** Messages under way at the same time. */
  readonly atOnce: number;
  /** Longest time of one look, in milliseconds. */
  readonly limitMs: number;
  readonly now: () => number;
}

/** What a look at a way found; `unknown` where nothing could be sent that tells. */
export type WayFound = 'loses nothing' | 'loses some' | 'loses all' | 'unknown';

/**
 * Sends messages on a way to find out whether it loses some. What came at earlier looks counts as well, so that
 * only the first look takes long.
 */
export class LossSample {
  readonly #send: () => Promise<boolean | undefined>;
  readonly #settings: SampleSettings;
  #came = 0;

  /** @param send sends one message and tells whether it came; undefined where that cannot be told */
  constructor(send: () => Promise<boolean | undefined>, settings: SampleSettings) {
    this.#send = send;
    this.#settings = settings;
  }

  /** Whether anything ever came. */
  get works(): boolean {
    return this.#came > 0;
  }

  async look(): Promise<WayFound> {
    const { enough, fresh, atOnce, limitMs, now } = this.#settings;
    const until = now() + limitMs;
    let [came, lost] = [0, 0];
    for (let left = Math.max(fresh, enough - this.#came); left > 0;) {
      const batch = Math.min(atOnce, left);
      const told = await Promise.all(Array.from({ length: batch }, () => this.#send()));
      came += told.filter((one) => one === true).length;
      lost += told.filter((one) => one === false).length;
      left -= batch;
      if (lost > 0 || came === 0 || now() > until) break;
    }
    this.#came += came;
    if (lost > 0) return came > 0 ? 'loses some' : 'loses all';
    return came > 0 ? 'loses nothing' : 'unknown';
  }
}
