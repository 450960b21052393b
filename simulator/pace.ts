/** Milliseconds of work after which others get their turn. */
const sliceMs = 8;

/** Works of one clock that are unfinished at the same time; the next starts when one is done. */
export const sideBySide = 2000;

// Kept at load: tests replace the timers of the machine by their own.
const later = (globalThis as { setImmediate?: (run: () => void) => unknown }).setImmediate ?? setTimeout;

/** Lets everything else that waits for this process go first: requests, answers, timers. */
export function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => {
    later(resolve);
  });
}

/** Measures out long work: `due` is true when others should get their turn. */
export class Pace {
  #until = performance.now() + sliceMs;

  /** Whether the slice is used up. */
  get due(): boolean {
    return performance.now() >= this.#until;
  }

  /** Lets others go first; the next slice begins afterwards. */
  async rest(): Promise<void> {
    await yieldToOthers();
    this.#until = performance.now() + sliceMs;
  }
}

/** Lets short pieces of work begin one after another, in slices between which everything else goes first. */
export class Starts {
  readonly #waiting: (() => void)[] = [];
  #until = 0;
  /** Whether others have yet to get their turn since the last piece began. */
  #resting = false;

  /** A promise if the next piece has to wait; it begins when that resolves, in the order of asking. */
  turn(): Promise<void> | undefined {
    if (!this.#resting) {
      this.#until = performance.now() + sliceMs;
      void this.#rest();
      return undefined;
    }
    if (this.#waiting.length === 0 && performance.now() < this.#until) return undefined;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  async #rest(): Promise<void> {
    this.#resting = true;
    do {
      await yieldToOthers();
      this.#until = performance.now() + sliceMs;
      while (this.#waiting.length > 0 && performance.now() < this.#until) {
        this.#waiting.shift()?.();
        // What has waited begins now, before the time is looked at again.
        await Promise.resolve();
        await Promise.resolve();
      }
    } while (this.#waiting.length > 0);
    this.#resting = false;
  }
}

/** How many may be unfinished at the same time. */
export class Room {
  readonly #most: number;
  #taken = 0;
  #waiting: (() => void)[] = [];
  #idle: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** How many are unfinished. */
  get taken(): number {
    return this.#taken;
  }

  /** Takes a place; a promise if there is none yet. Who comes first is served first. */
  enter(): Promise<void> | undefined {
    if (this.#taken < this.#most) {
      this.#taken += 1;
      return undefined;
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Gives a place back. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    this.#taken -= 1;
    if (this.#taken > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Resolves when nothing is unfinished. */
  async empty(): Promise<void> {
    if (this.#taken === 0) return;
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
    });
  }
}
