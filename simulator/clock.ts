import { Heap } from './core/heap.ts';

/** Something that falls due: its promise, if any, is awaited by a virtual clock. */
export type Work = () => void | Promise<void>;

/** A piece of due work; `drop` takes it back. */
export interface Due {
  readonly drop: () => void;
}

/** Time, and the one ordered queue of due work. */
export interface Clock {
  readonly kind: 'virtual' | 'real';
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Runs `work` at an instant; one in the past is due at once (virtual: in the next advance). */
  readonly at: (instant: number, work: Work) => Due;
  /**
   * Moves a virtual clock on by whole milliseconds, running and awaiting what falls due in due
   * order; answers the new now. Advances asked for meanwhile follow one after the other. Throws on
   * a real clock.
   */
  readonly advance: (milliseconds: number) => Promise<number>;
  /** Drops all due work. */
  readonly dispose: () => void;
}

interface Entry extends Due {
  readonly instant: number;
  readonly order: number;
  work: Work | undefined;
}

const earlier = (a: Entry, b: Entry) =>
  a.instant < b.instant || (a.instant === b.instant && a.order < b.order);

function createQueue() {
  let heap = new Heap<Entry>(earlier);
  let order = 0;
  return {
    add(instant: number, work: Work): Entry {
      const entry: Entry = {
        instant,
        order: order++,
        work,
        drop() {
          entry.work = undefined;
        },
      };
      heap.push(entry);
      return entry;
    },
    /** The instant of the first; undefined if there is none. */
    next(): number | undefined {
      while (heap.peek() !== undefined && heap.peek()?.work === undefined) heap.pop();
      return heap.peek()?.instant;
    },
    /** Takes out all that is due at `instant`, in order. */
    take(instant: number): Work[] {
      const works: Work[] = [];
      for (let next = this.next(); next !== undefined && next <= instant; next = this.next()) {
        const work = heap.pop()?.work;
        if (work !== undefined) works.push(work);
      }
      return works;
    },
    clear() {
      heap = new Heap<Entry>(earlier);
    },
  };
}

/**
 * A clock that stands still between advances. What is due at the same instant starts in order and
 * runs side by side; nothing of a later instant starts before all of it is done. `advanced` is
 * called after each advance.
 */
export function createVirtualClock(start: number, advanced: (now: number) => void = () => undefined): Clock {
  const queue = createQueue();
  let now = start;
  let running: Promise<unknown> = Promise.resolve();
  async function advance(milliseconds: number): Promise<number> {
    const until = now + milliseconds;
    if (milliseconds > 0) {
      for (let next = queue.next(); next !== undefined && next <= until; next = queue.next()) {
        now = Math.max(now, next);
        const pending = queue.take(now).map((work) => work());
        await Promise.all(pending);
      }
    }
    now = until;
    advanced(now);
    return now;
  }
  return {
    kind: 'virtual',
    now: () => now,
    at: (instant, work) => queue.add(instant, work),
    advance: (milliseconds) => {
      const result = running.then(() => advance(milliseconds));
      running = result.catch(() => undefined);
      return result;
    },
    dispose: () => {
      queue.clear();
    },
  };
}

const longestTimer = 2 ** 31 - 1;

/** The machine's clock. One timer waits for the first of the queue. */
export function createRealClock(): Clock {
  const queue = createQueue();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let armedFor = Infinity;
  let disposed = false;
  function arm(): void {
    const next = queue.next();
    if (next === undefined || next >= armedFor || disposed) return;
    clearTimeout(timer);
    armedFor = next;
    timer = setTimeout(run, Math.min(longestTimer, Math.max(0, next - Date.now())));
  }
  function run(): void {
    armedFor = Infinity;
    for (const work of queue.take(Date.now())) void work();
    arm();
  }
  return {
    kind: 'real',
    now: () => Date.now(),
    at: (instant, work) => {
      const due = queue.add(instant, work);
      arm();
      return due;
    },
    advance: () => Promise.reject(new Error('A real clock cannot be advanced.')),
    dispose: () => {
      disposed = true;
      clearTimeout(timer);
      queue.clear();
    },
  };
}
