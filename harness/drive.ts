import type { TargetClock } from './clock.ts';
import type { Polling } from './config/polling.ts';
import { stopwatch } from './stopwatch.ts';
import { NotTestable } from './verdict.ts';

/** How the suite waits for something that the target does in its own time. */
export interface Patience {
  /** Steps of a virtual clock, in milliseconds, in order; the last one repeats. */
  readonly steps: readonly number[];
  /** Milliseconds of virtual time after which it gives up. */
  readonly virtualMs: number;
  /** Milliseconds of real time after which it gives up, on a real clock. */
  readonly realMs: number;
  /** Why more than this is known to be needed on a real clock: then to give up means not to test. */
  readonly beyond?: string;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Until an accepted operation starts: at the first millisecond, where nothing limits resources. */
export const untilStarted: Patience = {
  steps: [1, 9, 90, 900, 9 * second],
  virtualMs: 15 * second,
  realMs: 30 * second,
};

/**
 * Until an operation is at rest. The steps grow, because back-off may be anything from milliseconds
 * to hours, and each step is one look at the target.
 */
export const untilFinished: Patience = {
  steps: [
    1,
    999,
    4 * second,
    10 * second,
    15 * second,
    30 * second,
    minute,
    minute,
    2 * minute,
    5 * minute,
    10 * minute,
    30 * minute,
    hour,
    2 * hour,
    6 * hour,
  ],
  virtualMs: 72 * hour,
  realMs: 30 * second,
};

/** A patience for whoever has let the first millisecond pass already. */
export function withoutFirstStep(patience: Patience): Patience {
  const [first, ...steps] = patience.steps;
  return first === 1 && steps.length > 0 ? { ...patience, steps } : patience;
}

/** Steps of a minute for half a day, so that no retry passes unseen. */
const minutes = Array.from({ length: 12 * 60 }, () => minute);

/**
 * A patience for an attempt that is held open: in a longer step of a virtual clock its two minutes would be over before
 * the suite looks again.
 */
export function inShortSteps(patience: Patience): Patience {
  return { ...patience, steps: [...patience.steps.filter((step) => step <= minute), ...minutes, 6 * hour] };
}

/**
 * Until an elastic row is readable, or shows what the monitor shows: 5 s. On a real clock requests take
 * their time as well, and a row that is a moment late cannot be told from an answer that is.
 */
export const untilConsistent: Patience = { steps: [second], virtualMs: 5 * second, realMs: 7 * second };

/** Intervals between polls on a real clock, see `config/polling.ts`. */
export type { Polling } from './config/polling.ts';

/**
 * Looks, and lets time pass, until `look` says that it has seen enough. Resolves with whether it did.
 * On a virtual clock time passes by advances, on a real one by polling with a deadline.
 *
 * @throws NotTestable where the deadline is known to be too short, see {@link Patience.beyond}
 */
export async function until(
  clock: TargetClock,
  polling: Polling,
  patience: Patience,
  look: () => boolean | Promise<boolean>,
): Promise<boolean> {
  let passed = 0;
  let interval = polling.firstMs;
  const elapsed = stopwatch();
  for (let turn = 0; ; turn += 1) {
    if (await look()) return true;
    if (clock.virtual) {
      if (passed >= patience.virtualMs) return false;
      const step = patience.steps[Math.min(turn, patience.steps.length - 1)] ?? minute;
      await clock.pass(step);
      passed += step;
    } else {
      const left = patience.realMs - elapsed();
      if (left <= 0 && patience.beyond !== undefined) throw new NotTestable(patience.beyond);
      if (left <= 0) return false;
      await clock.pause(Math.min(interval, left));
      interval = Math.min(interval * polling.factor, polling.maxMs);
    }
  }
}
