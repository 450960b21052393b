import { pairs } from '../../contract/vocabulary.ts';
import type { Answer } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { comesLate } from '../../harness/late-rows.ts';
import type { CancelWay, Operation } from '../../harness/operation.ts';
import { isTerminal, sameCodes, type ShownCodes } from '../../harness/reading.ts';
import type { Target } from '../../harness/target.ts';
import { Blocked, fail, Undecided } from '../../harness/test.ts';
import { requireMonitor, running } from './canceling.ts';
import { pairText } from './codes.ts';
import { lastReading } from './passing.ts';

/** One cancellation that raced something, as the suite saw it. */
export interface Shot {
  readonly answer: Answer;
  /** What the monitor showed after the answer. */
  readonly after: ShownCodes;
  /** A moment of the target's clock after the answer; undefined on a real clock. */
  readonly answeredBy: number | undefined;
  /** When that moment had been read, on the suite's clock. */
  readonly readAt: number;
}

/**
 * Waits, in the time of this machine, until the row of an operation can be canceled: an elastic row may
 * come late, and a virtual clock that moves on would start the operation.
 */
export async function rowThere(target: Target, operation: Operation): Promise<void> {
  const look = async (): Promise<boolean> => (await operation.getRow()).status === 200;
  if (!(await look())) await comesLate(target, look);
}

/**
 * Cancels, and looks at once what came of it. Ends the check where there is nothing to cancel yet: an
 * elastic row may come late.
 */
export async function shoot(
  { clock }: Pick<CheckTools, 'clock'>,
  operation: Operation,
  way: CancelWay,
): Promise<Shot> {
  const answer = await operation.cancelAtOnce(way);
  if (answer.status === 404) {
    if (way === 'delete') await requireMonitor(operation, answer);
    if (way === 'delete') throw new Undecided(`there was nothing to cancel: ${answer.describe()}`);
    throw new Undecided('the row was not there yet when it was to be canceled');
  }
  const answeredBy = clock.virtual ? await clock.now() : undefined;
  const readAt = performance.now();
  return { answer, after: await operation.monitor(), answeredBy, readAt };
}

/** Blocks the check where a cancellation has not its effect even without a race. */
export async function requireCancelable(
  { submit, target }: Pick<CheckTools, 'submit' | 'target'>,
  way: CancelWay,
): Promise<void> {
  const { operation, hold } = await running({ submit });
  await operation.canceled(way);
  hold.release(fail());
  await lastReading(target, operation);
  const attempts = operation.attempts.length;
  if (attempts > 1) throw new Blocked('cancel.no-retry', `${attempts} attempts were made`);
}

/** Lets the event loop turn so many times, to shift one contestant of a race against the other. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** How a race ended: the cancellations, the attempts that were made, and the codes at rest. */
export interface Finish {
  readonly shots: readonly Shot[];
  readonly attempts: Operation['attempts'];
  readonly end: ShownCodes;
  /** Attempts that may have been made when the cancellation came after the first one had started. */
  readonly attemptsAtMost: number;
}

/**
 * What is unclean about the end of a race, in words; undefined where one side won. Clean is: never
 * executed and (3,32); or executed, and (3,32) only where the cancellation was accepted; and a refusal
 * only where the operation was at its end.
 */
export function unclean({ shots, attempts, end, attemptsAtMost }: Finish): string | undefined {
  const accepted = shots.filter(({ answer }) => answer.ok);
  for (const { answer, after } of shots) {
    if (!answer.ok && accepted.length === 0 && !isTerminal(after))
      return `the cancellation was refused (${answer.status}) although the operation was not at its end`;
    if (isTerminal(after) && !sameCodes(after, end))
      return `the operation showed ${pairText(after)} at first and ${pairText(end)} later`;
  }
  return attempts.length === 0
    ? uncleanIfIdle(end, accepted.length)
    : uncleanIfExecuted(attempts, end, accepted, attemptsAtMost);
}

function uncleanIfIdle(end: ShownCodes, accepted: number): string | undefined {
  if (accepted === 0) return 'the operation never executed, although no cancellation was accepted';
  return sameCodes(end, pairs.canceled)
    ? undefined
    : `the operation never executed, yet it ended as ${pairText(end)}`;
}

function uncleanIfExecuted(
  attempts: Operation['attempts'],
  end: ShownCodes,
  accepted: readonly Shot[],
  attemptsAtMost: number,
): string | undefined {
  const { time = Number.NaN, arrivedAt = 0 } = attempts[0]?.calls[0] ?? {};
  const early = accepted.find(
    ({ answeredBy, readAt }) => answeredBy !== undefined && time > answeredBy && arrivedAt > readAt,
  );
  if (early !== undefined) return 'the cancellation was accepted before the start, yet the custom API ran';
  if (attempts.length > 1 && attempts[0]?.calls.at(-1)?.answer?.outcome === 'succeed')
    throw new Blocked('retry.stops-on-success', `${attempts.length} attempts, the first of which succeeded`);
  if (accepted.length > 0 && attempts.length > attemptsAtMost)
    return `the cancellation was accepted, yet ${attempts.length} attempts were made`;
  if (!isTerminal(end)) return `the operation did not end: it shows ${pairText(end)}`;
  const claimed = sameCodes(end, pairs.canceled) && accepted.length === 0;
  return claimed ? 'the operation ended as (3,32), although no cancellation was accepted' : undefined;
}
