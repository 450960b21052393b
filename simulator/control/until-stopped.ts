/** Waits for answers, but no longer than until the organization that makes them is stopped. */
export class UntilStopped<Answer> {
  readonly #waiting = new Set<(answer: Answer) => void>();
  readonly #last: () => Answer;

  /** @param last the answer of those who are still waiting when it stops */
  constructor(last: () => Answer) {
    this.#last = last;
  }

  /** The answer when it comes; the last one if it stops before. */
  wait(answer: Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(resolve);
      // A reset may come first; then nobody looks at what becomes of this any more.
      answer.then(resolve, reject).finally(() => {
        this.#waiting.delete(resolve);
      });
    });
  }

  /** Lets all who wait have the last answer. */
  stop(): void {
    for (const resolve of this.#waiting) resolve(this.#last());
    this.#waiting.clear();
  }
}
