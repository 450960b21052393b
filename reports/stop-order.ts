/** Hears the command line say why it stops the run; also while the checks are being loaded. */
export class StopOrder {
  #why: string | undefined;

  readonly #hear = (message: unknown): void => {
    const { stop } = (message ?? {}) as { stop?: unknown };
    if (typeof stop === 'string') this.#why = stop;
  };

  constructor() {
    process.on('message', this.#hear);
  }

  /** Why the run is stopped; undefined while it is not. */
  get why(): string | undefined {
    return this.#why;
  }

  /** Hears no more. */
  release(): void {
    process.off('message', this.#hear);
  }
}
