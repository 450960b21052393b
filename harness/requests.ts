import { fstatSync, openSync, statSync, writeSync } from 'node:fs';
import { causeText, type Cause } from '../record/cause.ts';
import { Ending } from './verdict.ts';

/** The run may send no more requests. */
export class BudgetUsedUp extends Ending {
  readonly outcome = 'inconclusive';

  override readonly cause: Cause;

  constructor(limit: number) {
    const cause: Cause = { kind: 'budget', limit };
    super(causeText(cause));
    this.cause = cause;
  }
}

/** Counts the requests of a run, and says when there may be no more. */
export interface RequestCounter {
  /** Requests that this process has counted. */
  readonly sent: number;
  /** Counts one request; throws {@link BudgetUsedUp} where it may not be sent. */
  take(): void;
  /** Why no more requests may be sent; undefined while they may. */
  spent(): Cause | undefined;
  /** From now on everything may be sent: what the run made in the target must be tidied away. */
  release(): void;
}

/**
 * A counter. All processes of a run share it through a file, to which each request adds one byte: that
 * is one step for the system, so that no two count as one. Without a file the process counts alone.
 *
 * @param limit requests that may be sent; null for any number
 */
export function requestCounter(limit: number | null, file: string | undefined): RequestCounter {
  const count = file === undefined ? countHere() : countInFile(file, limit !== null);
  let released = false;
  let sent = 0;
  const add = (): void => {
    sent += 1;
    count.add();
  };
  const over = (all: number): boolean => !released && limit !== null && all >= limit;
  return {
    get sent() {
      return sent;
    },
    take: () => {
      // Added before it is judged: of two processes that take the last one at the same time, one sees that it came late.
      if (limit === null || released) return add();
      if (over(count.read())) throw new BudgetUsedUp(limit);
      add();
      if (over(count.read() - 1)) throw new BudgetUsedUp(limit);
    },
    spent: () => (limit !== null && over(count.read()) ? { kind: 'budget', limit } : undefined),
    release: () => {
      released = true;
    },
  };
}

interface Count {
  readonly add: () => void;
  readonly read: () => number;
}

function countHere(): Count {
  let count = 0;
  return { add: () => (count += 1), read: () => count };
}

/** @param exact each request is written as it is taken; else those of one turn of the event loop together, which costs less */
function countInFile(file: string, exact: boolean): Count {
  const descriptor = openSync(file, 'a');
  const read = (): number => fstatSync(descriptor).size;
  let waiting = 0;
  const write = (): void => {
    writeSync(descriptor, '.'.repeat(waiting));
    waiting = 0;
  };
  return {
    add: () => {
      waiting += 1;
      if (exact) write();
      else if (waiting === 1) setImmediate(write);
    },
    read,
  };
}

/** How many requests a run has sent by now; undefined where nobody counts in a file. */
export function requestsSent(file: string | undefined): number | undefined {
  return file === undefined ? undefined : (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
}
