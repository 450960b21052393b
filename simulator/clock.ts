import { DueQueue, type Due, type Work } from './due-queue.ts';
import { Pace, Room, sideBySide } from './pace.ts';

export type { Due } from './due-queue.ts';

/** Time, and the one ordered queue of due work. */
export interface Clock {
  readonly kind: 'virtual' | 'real';
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Runs `work` at an instant; one in the past is due at once (virtual: in the next advance). */
  readonly at: (instant: number, work: Work) => Due;
  /**
   * Moves a virtual clock on by whole milliseconds, running and awaiting what falls due in due
   * order; answers the new now. Advances asked for meanwhile follow one after the other. Rejects on
   * a real clock, and with a `ClockError` for an advance that cannot be made when its turn comes.
   */
  readonly advance: (milliseconds: number) => Promise<number>;
  /** Drops all due work. */
  readonly dispose: () => void;
}

/** The last instant that a date of Dataverse can hold. */
export const lastInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** An advance that cannot be made; nothing has moved. */
export class ClockError extends Error {}

/**
 * A clock that stands still between advances. What is due at the same instant starts in order and
 * runs side by side, within bounds; nothing of a later instant starts before all of it is done. Work
 * is started in slices, between which requests are served. `advanced` is called after each advance.
 */
export function createVirtualClock(
  start: number,
  advanced: (now: number) => void | Promise<void> = () => undefined,
): Clock {
  const queue = new DueQueue();
  let now = start;
  let running: Promise<unknown> = Promise.resolve();
  async function advance(milliseconds: number): Promise<number> {
    // Looked at now, when its turn has come: those before it have moved the clock.
    if (!Number.isInteger(milliseconds) || milliseconds < 0) {
      throw new ClockError('an advance is a whole number of milliseconds, 0 or more');
    }
    if (now + milliseconds > lastInstant) {
      throw new ClockError(`the clock would pass ${new Date(lastInstant).toISOString()}, the last instant`);
    }
    const until = now + milliseconds;
    const faults: unknown[] = [];
    if (milliseconds > 0) {
      const room = new Room(sideBySide);
      for (let next = queue.next(); next !== undefined && next <= until; next = queue.next()) {
        now = Math.max(now, next);
        await startAll(queue.take(now), room, (fault) => faults.push(fault));
        await room.empty();
      }
    }
    now = until;
    await advanced(now);
    // A fault of one work has not kept the others from running, nor the clock from moving.
    if (faults.length > 0) throw faults[0];
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

/**
 * Starts works in order, as there is room, in slices of time. Undefined if all of them were started at
 * once; a promise if others had to get their turn before the last.
 */
function startAll(
  works: Iterable<Work>,
  room: Room,
  onFault: (fault: unknown) => void,
): Promise<void> | undefined {
  const iterator = works[Symbol.iterator]();
  const pace = new Pace();
  for (;;) {
    if (pace.due) return startRest(iterator, room, onFault, pace);
    const next = iterator.next();
    if (next.done === true) return undefined;
    const full = room.enter();
    if (full !== undefined) {
      return full.then(() => {
        begin(next.value, room, onFault);
        return startRest(iterator, room, onFault, pace);
      });
    }
    begin(next.value, room, onFault);
  }
}

async function startRest(
  iterator: Iterator<Work, unknown>,
  room: Room,
  onFault: (fault: unknown) => void,
  pace: Pace,
): Promise<void> {
  for (;;) {
    if (pace.due) await pace.rest();
    const next = iterator.next();
    if (next.done === true) return;
    await room.enter();
    begin(next.value, room, onFault);
  }
}

function begin(work: Work, room: Room, onFault: (fault: unknown) => void): void {
  try {
    const pending = work();
    if (pending === undefined) {
      room.leave();
      return;
    }
    void pending.catch(onFault).finally(() => {
      room.leave();
    });
  } catch (fault) {
    onFault(fault);
    room.leave();
  }
}

const longestTimer = 2 ** 31 - 1;

/** The machine's clock. One timer waits for the first of the queue. */
export function createRealClock(onFault: (fault: unknown) => void = throwLater): Clock {
  const queue = new DueQueue();
  const room = new Room(sideBySide);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let armedFor = Infinity;
  let disposed = false;
  let starting = false;
  function arm(): void {
    const next = queue.next();
    // While works are being started, those that fall due meanwhile follow by themselves.
    if (starting || next === undefined || next >= armedFor || disposed) return;
    clearTimeout(timer);
    armedFor = next;
    timer = setTimeout(run, Math.min(longestTimer, Math.max(0, next - Date.now())));
  }
  function run(): void {
    armedFor = Infinity;
    starting = true;
    const started = startAll(untilDisposed(queue.take(Date.now())), room, onFault);
    const over = () => {
      starting = false;
      arm();
    };
    if (started === undefined) over();
    else void started.then(over);
  }
  function* untilDisposed(works: Iterable<Work>): Generator<Work, void> {
    for (const work of works) {
      if (disposed) return;
      yield work;
    }
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

/** A fault that nobody waits for: it ends the process as an uncaught one, it is not passed over. */
function throwLater(fault: unknown): void {
  queueMicrotask(() => {
    throw fault;
  });
}
