import type { CheckTools } from '../harness/collect.ts';
import type { Operation } from '../harness/operation.ts';
import {
  clause,
  expect,
  fail,
  NotReached,
  NotTestable,
  proceed,
  succeed,
  test,
  Undecided,
} from '../harness/test.ts';
import { attemptsCome } from './support/passing.ts';

/** Operations that show how long the target waits for a retry, and those that are canceled before theirs. */
const pilots = 6;
const canceled = 16;
/** How long before a retry may be due a cancellation comes. */
const shortlyMs = 400;
/** Where waits differ by more, hardly any cancellation would come shortly before a retry. */
const mostSpreadMs = 20_000;

type Tools = Pick<CheckTools, 'submit' | 'clock' | 'target'>;

const several = (submit: Tools['submit'], count: number): Promise<Operation[]> =>
  Promise.all(Array.from({ length: count }, () => submit({ attempts: [fail(), succeed()] })));

/** When an attempt began, and when its last call came, on the target's clock. */
function timesOf(
  { attempts }: Operation,
  attempt: number,
): { readonly began: number; readonly last: number } {
  const { calls } = attempts[attempt - 1] ?? { calls: [] };
  return { began: calls[0]?.time ?? Number.NaN, last: calls.at(-1)?.time ?? Number.NaN };
}

/** The shortest and the longest wait for a first retry, as a few operations show it. */
async function measuredWaits({ submit, target }: Tools): Promise<readonly [number, number]> {
  const waits: number[] = [];
  for (const operation of await several(submit, pilots)) {
    if (!(await attemptsCome(target, operation, 2)))
      throw new NotReached('retry.on-error', 'no retry came that could be waited for');
    waits.push(timesOf(operation, 2).began - timesOf(operation, 1).last);
  }
  return [Math.min(...waits), Math.max(...waits)];
}

test(
  'an operation that is canceled shortly before its retry SHOULD not be retried',
  clause('cancel.no-retry-while-waiting', { branch: 'shortly before the retry', needs: ['probe', 'clock'] }),
  async ({ submit, clock, target }) => {
    if (!clock.virtual) throw new NotTestable('a moment shortly before a retry takes a virtual clock');
    const [shortest, longest] = await measuredWaits({ submit, clock, target });
    const spread = longest - shortest;
    if (!(shortest > shortlyMs && spread <= mostSpreadMs))
      throw new NotTestable(`waits of ${shortest} to ${longest} ms tell no moment shortly before a retry`);
    const operations = await several(submit, canceled);
    for (const operation of operations)
      if (!(await attemptsCome(target, operation, 1)))
        throw new Undecided('an operation did not start in the time that the suite waits for it');
    const failedAt = Math.max(...operations.map((operation) => timesOf(operation, 1).last));
    const stopped: Operation[] = [];
    for (const [index, operation] of operations.entries()) {
      const moment = failedAt + shortest - shortlyMs + (spread * index) / (canceled - 1);
      const now = await clock.now();
      if (moment >= now + 1) await clock.advance(Math.floor(moment - now));
      if (operation.attempts.length > 1) continue;
      const way = index % 2 === 0 || !target.offers.table ? 'delete' : 'patch';
      if ((await operation.cancelAtOnce(way)).ok) stopped.push(operation);
    }
    if (stopped.length === 0) throw new NotTestable('each had been retried before it could be canceled');
    await clock.advance(10 * longest + 60_000);
    const retried = stopped.filter(({ attempts }) => attempts.length > 1).length;
    expect(retried, `those of ${stopped.length} canceled operations that were retried`).toBe(0);
  },
);

test(
  'an operation that is canceled while the clock moves on SHOULD not be retried in that move',
  clause('cancel.no-retry-while-waiting', { branch: 'while time passes', needs: ['probe', 'clock'] }),
  async ({ submit, clock, target }) => {
    if (!clock.virtual) throw new NotTestable('a real clock moves on by itself');
    const operations = await several(submit, target.offers.table ? 2 : 1);
    const made: number[] = [];
    const canceledAt: number[] = [];
    // Another one's second call comes a second after all have failed, and the retries are due within the same move.
    const meanwhile = async (): Promise<void> => {
      if (made.length > 0) return;
      for (const [index, operation] of operations.entries()) {
        const { ok } = await operation.cancelAtOnce(index === 0 ? 'delete' : 'patch');
        made.push(ok ? operation.attempts.length : Number.POSITIVE_INFINITY);
        canceledAt.push(await clock.now());
      }
    };
    const other = await submit({ attempts: [[proceed(1_000), succeed()]], again: meanwhile });
    await clock.advance(10 * 60_000);
    await other.finished();
    await clock.advance(24 * 60 * 60_000);
    // What is due in the moment of a cancellation has no order with it.
    const waited = operations.filter(
      (operation, index) => made[index] === 1 && !(timesOf(operation, 2).began <= (canceledAt[index] ?? 0)),
    );
    if (waited.length === 0) throw new NotTestable('none could be canceled while it waited for its retry');
    const retried = waited.filter(({ attempts }) => attempts.length > 1).length;
    expect(retried, `those of ${waited.length} canceled operations that were retried`).toBe(0);
  },
);
