/** How long the first request after a wait goes alone at most: it may itself depend on others. */
const aloneMs = 2_000;

/**
 * A gate for requests to a target that has asked for less: the first goes alone, and only when it was let
 * in do the others follow. All that waited would else be sent in one moment, and be refused again.
 */
export class ScoutGate {
  #wary = false;
  #scout: Promise<void> | undefined;

  /** The target asked for less. */
  close(): void {
    this.#wary = true;
  }

  /** The target let a request in. */
  open(): void {
    this.#wary = false;
  }

  /** Resolves when a request may be sent, with what to call once it was answered. */
  async enter(): Promise<() => void> {
    while (this.#wary && this.#scout !== undefined) await this.#scout;
    if (!this.#wary) return () => undefined;
    let leave: () => void = () => undefined;
    const alone = new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        if (this.#scout === alone) this.#scout = undefined;
        resolve();
      };
      const timer = setTimeout(end, aloneMs);
      timer.unref();
      leave = end;
    });
    this.#scout = alone;
    return leave;
  }
}
