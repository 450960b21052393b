interface Kept<Value> {
  readonly value: Value;
  readonly expiresAt: number;
}

/** Values that expire, by text; when there are too many the oldest goes. */
export class LimitedMap<Value> {
  readonly #kept = new Map<string, Kept<Value>>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  set(key: string, value: Value, expiresAt: number): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= this.#most && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(key, { value, expiresAt });
  }

  /** The value that has not expired at `now`. */
  get(key: string, now: number): Value | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined || kept.expiresAt > now) return kept?.value;
    this.#kept.delete(key);
    return undefined;
  }

  /** The same, once. */
  take(key: string, now: number): Value | undefined {
    const value = this.get(key, now);
    this.#kept.delete(key);
    return value;
  }
}
