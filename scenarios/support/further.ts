import { slowMs } from '../../harness/probe-patience.ts';
import type { Operation } from '../../harness/operation.ts';
import type { Target } from '../../harness/target.ts';
import { until, untilFinished } from '../../harness/drive.ts';
import { isTerminal } from '../../harness/reading.ts';
import { NotTestable, Undecided } from '../../harness/test.ts';
import { passes, type WaitingTarget } from './waiting.ts';
import { waitsOf } from './waits.ts';

/** The least time that is given to an attempt that must not come. */
const leastMs = 2_000;
/** What the next wait may be off, and how much longer than the last it is where that is not known. */
const jitter = 1.25;
const slackMs = 1_000;
const usualFactor = 4;
/** No attempt that must not come is waited for any longer, as `retry.stops-on-success` has it. */
const mostMs = 60_000;

/**
 * Lets so much time pass that a further attempt would have come, had the target meant to make one: a
 * virtual day. On a real clock it is as long as the next wait is to be expected, by the waits before it
 * and by those of another operation, and no more than a minute; the operation has to be at rest, since
 * one that is not may still be waiting for its retry. It ends early when there are more attempts than
 * the ones allowed.
 *
 * @throws Undecided where the operation is not at rest
 * @throws NotTestable where that wait is longer than a check may wait
 */
export async function noneCome(
  target: WaitingTarget & Pick<Target, 'offers'>,
  operation: Operation,
  allowed: number,
): Promise<void> {
  const { clock, config } = target;
  if (clock.virtual) return passes(target);
  const { play, patience } = operation.parts;
  const tooMany = (): boolean => (play?.attempts.length ?? 0) > allowed;
  const look = async (): Promise<boolean> => tooMany() || isTerminal(await operation.monitor());
  if (!(await until(clock, config.polling, patience, look)))
    throw new Undecided('the operation was not at rest in the time that the suite waits');
  const longestMs = Math.min(await nextWithin(target, operation), mostMs);
  const budgetMs = target.offers.slow ? slowMs : target.offers.waitMs;
  if (longestMs > Math.max(budgetMs, leastMs))
    throw new NotTestable(
      `needs a virtual clock, --slow, or a budget.waitMs of ${Math.ceil(longestMs / 1_000)} s at least: a retry may take that long`,
    );
  await until(clock, config.polling, { ...untilFinished, realMs: longestMs }, tooMany);
}

/** Milliseconds in which the next attempt would come, were there one. */
async function nextWithin({ clock }: WaitingTarget, operation: Operation): Promise<number> {
  const { play, pace } = operation.parts;
  const seen = play === undefined ? [] : waitsOf(operation, clock).milliseconds;
  const times = await pace?.times();
  const usual = times?.waits ?? [];
  // Nobody knows when a retry would come to an operation whose retries take longer than was watched.
  if (times !== undefined && !times.ended && usual.length <= seen.length && usual.length < 3)
    return Number.POSITIVE_INFINITY;
  const next = usual[seen.length] ?? following(seen);
  return Math.max(leastMs, next * jitter + slackMs);
}

/** The wait that follows such waits where they grow as they have grown; 0 where there are none. */
function following(waits: readonly number[]): number {
  const [before, last] = waits.slice(-2);
  if (before === undefined) return 0;
  if (last === undefined) return before * usualFactor;
  return last * Math.max(1, last / before);
}
