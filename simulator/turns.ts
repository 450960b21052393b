import { yieldToOthers } from './pace.ts';

/** Work in small steps: at each `yield` others may get their turn. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Milliseconds of work after which others get their turn; the shorter one while somebody waits for a turn. */
const sliceMs = 8;
const shortSliceMs = 2;

/** Thrown by {@link inTurns} when the work takes too much. */
export class TooLong extends Error {}

/** When work takes too much: of its own time, without what others took in between. */
export interface WorkLimit {
  readonly milliseconds: number;
  /** So many steps are made in any case, on however slow a machine. */
  readonly steps: number;
}

/**
 * Hands out turns, one between two looks at what else waits for this process: however many long works are
 * under way, a short request waits for one slice of one of them.
 */
class Turns {
  readonly #waiting: (() => void)[] = [];
  #running = false;

  get wanted(): boolean {
    return this.#waiting.length > 0;
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.wanted) {
      await yieldToOthers();
      this.#waiting.shift()?.();
    }
    this.#running = false;
  }
}

/** One a process: it is its one thread that is shared. */
const turns = new Turns();

/**
 * Does work at once if it is short, and otherwise in slices between which requests are served. Throws (or
 * rejects with) {@link TooLong} when it takes more than the limit.
 */
export function inTurns<Result>(work: Steps<Result>, limit: WorkLimit): Result | Promise<Result> {
  const meter = new Meter(limit);
  const first = meter.slice(work, turns.wanted ? shortSliceMs : sliceMs);
  return first.done === true ? first.value : rest(work, meter);
}

async function rest<Result>(work: Steps<Result>, meter: Meter): Promise<Result> {
  for (;;) {
    await turns.next();
    const made = meter.slice(work, sliceMs);
    if (made.done === true) return made.value;
  }
}

/** Makes steps for a while, and counts what they take. */
class Meter {
  readonly #limit: WorkLimit;
  #spent = 0;
  #steps = 0;

  constructor(limit: WorkLimit) {
    this.#limit = limit;
  }

  slice<Result>(work: Steps<Result>, milliseconds: number): IteratorResult<undefined, Result> {
    const from = performance.now();
    for (;;) {
      const made = work.next();
      if (made.done === true) return made;
      this.#steps += 1;
      const taken = performance.now() - from;
      if (this.#steps > this.#limit.steps && this.#spent + taken > this.#limit.milliseconds)
        throw new TooLong();
      if (taken < milliseconds) continue;
      this.#spent += taken;
      return made;
    }
  }
}
