/** Bytes of one answer that are read; a longer one counts as none. */
export const longestAnswer = 16 * 1024 * 1024;

/** Bytes of answers that all calls under way may hold together. */
const answersInMemory = 128 * 1024 * 1024;

/** Interim answers (1xx) that a receiver may send before its answer. */
export const interimAnswers = 20;

/** Outbound calls under way at the same time; the next leaves when one is settled. */
export const callsAtOnce = 500;

/** Counts the bytes of the answers that are being read. */
export class ReadBudget {
  readonly #most: number;
  #held = 0;

  constructor(most = answersInMemory) {
    this.#most = most;
  }

  /** Whether so many more bytes may be held; they are then counted. */
  take(bytes: number): boolean {
    if (this.#held + bytes > this.#most) return false;
    this.#held += bytes;
    return true;
  }

  /** Gives bytes back. */
  free(bytes: number): void {
    this.#held -= bytes;
  }
}
