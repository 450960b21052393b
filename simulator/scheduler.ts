import { Heap } from './core/heap.ts';
import type { Operation } from './core/operation.ts';
import type { World } from './world.ts';

/** Who may execute now, when resources are scarce. */
export interface Scheduler {
  /** An operation's turn has come: it starts now, or when there is room. */
  readonly turn: (operation: Operation) => Promise<void> | undefined;
  /** An attempt has started, or is over. */
  readonly started: () => void;
  readonly ended: () => void;
}

/**
 * Lets `world.capacity` attempts run at once. Of those that wait the highest `priority` starts
 * first, then the oldest. `start` starts an operation.
 */
export function createScheduler(
  world: World,
  start: (operation: Operation) => Promise<void> | undefined,
): Scheduler {
  const { capacity, clock, store } = world;
  const waiting = new Heap<Operation>(
    (a, b) => a.priority > b.priority || (a.priority === b.priority && a.sequence < b.sequence),
  );
  let running = 0;
  let dispatching = false;
  /** Places that are promised to operations which start in this instant. */
  let promised = 0;

  // Due in the same instant as the turns that filled the queue, but after all of them.
  function dispatchSoon(): void {
    if (dispatching) return;
    dispatching = true;
    clock.at(clock.now(), dispatch);
  }

  // Each start is due work of its own: the clock starts a few at a time, however many there are.
  function dispatch(): void {
    dispatching = false;
    const free = Math.min(capacity - running - promised, waiting.size);
    for (let place = 0; place < free; place += 1) {
      promised += 1;
      clock.at(clock.now(), startNext);
    }
  }

  function startNext(): Promise<void> | undefined {
    promised -= 1;
    const next = waiting.pop();
    return next === undefined ? undefined : start(next);
  }

  return {
    turn(operation) {
      const current = store.get(operation.id, clock.now());
      if (capacity === Infinity || current === undefined || current.canceled) return start(operation);
      waiting.push(current);
      dispatchSoon();
      return undefined;
    },
    started() {
      running++;
    },
    ended() {
      running--;
      if (waiting.size > 0) dispatchSoon();
    },
  };
}
