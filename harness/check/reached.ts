import { limits } from '../../contract/vocabulary.ts';
import type { Answer } from '../answer.ts';
import type { TargetClock } from '../clock.ts';
import type { Play } from '../plan.ts';
import { isTerminal, type ShownCodes } from '../reading.ts';
import { NotReached } from '../verdict.ts';
import type { Overdue } from './overdue.ts';

/** What it takes of an operation to tell why it did not come where a check wants it. */
export interface Followed {
  readonly parts: {
    readonly play: Play | undefined;
    readonly submittedAt: number | undefined;
    /** Submits another operation, one that succeeds at once. */
    readonly another: () => Promise<Followed>;
  };
  readonly wasCanceled: boolean;
  monitor(): Promise<ShownCodes>;
  settled(): Promise<ShownCodes>;
  started(attempt: number): Promise<void>;
  overdue(): Overdue | undefined;
  cancelAtOnce(way: 'delete'): Promise<Answer>;
}

/**
 * Blocks the check where an operation, read days later on a virtual clock, must have come to its end. The
 * documentation does not say how one ends that was canceled between two attempts; where not even one ends
 * that was canceled before its start, of which it does say so, that is why.
 */
export async function requireEnd(operation: Followed, reading: ShownCodes): Promise<void> {
  const overdue = operation.overdue();
  const shown = `the monitor shows (${reading.state},${reading.status})`;
  if (overdue !== undefined) throw new NotReached(overdue.clause, `3 days after ${overdue.after} ${shown}`);
  if (!operation.wasCanceled || isTerminal(reading)) return;
  const other = await operation.parts.another();
  if (!(await other.cancelAtOnce('delete')).ok) return;
  const end = await other.settled();
  if (isTerminal(end) || other.overdue()?.clause !== 'state.canceled') return;
  throw new NotReached(
    'state.canceled',
    `3 days after its cancellation ${shown}, and that of one canceled before its start (${end.state},${end.status})`,
  );
}

/**
 * Blocks the check where the clauses that other checks decide kept an operation from being alive when it was
 * to be canceled: it was carried out with its submission, or its first failure was its end.
 */
export async function requireAlive(operation: Followed, clock: Pick<TargetClock, 'now'>): Promise<void> {
  const { play, submittedAt } = operation.parts;
  const made = play?.attempts.length ?? 0;
  if (play === undefined || made === 0) return;
  const reading = await operation.monitor();
  if (!isTerminal(reading)) return;
  if ((await clock.now()) === submittedAt)
    throw new NotReached('submit.does-not-wait', 'it was executed before the clock moved');
  const told = play.attempts.at(-1)?.calls.at(-1)?.answer?.outcome;
  if (told !== 'fail' || made > limits.retries) return;
  const retried = await operation.started(made + 1).then(
    () => true,
    () => false,
  );
  throw new NotReached(
    retried ? 'retry.not-terminal-between' : made === 1 ? 'retry.on-error' : 'retry.three-times',
    `after failure ${made} the operation shows (${reading.state},${reading.status})`,
  );
}
