import type { ClauseId } from '../../contract/clauses.ts';
import { terminalMessage } from '../../contract/vocabulary.ts';
import type { Answer } from '../../harness/answer.ts';
import type { CancelWay } from '../../harness/operation.ts';
import { isTerminal, monitorCodesIn } from '../../harness/reading.ts';
import { Broken } from '../../harness/test.ts';
import { expectDeleteAnswer, expectPatchAnswer } from '../../scenarios/support/canceling.ts';
import type { ViewMismatch } from '../model/mismatch.ts';
import type { Subject } from './subject.ts';
import { lookAtEarlyRow, lookAtMonitor, type Named } from './views.ts';

type Told = Pick<Subject, 'doing' | 'operation'>;

/** Cancels a subject that has not come to its end, and looks at once what it shows. */
export async function cancelNow(subject: Subject, now: number, named: Named): Promise<void> {
  const { operation, combination, doing } = subject;
  const attempts = operation.attempts.length;
  subject.canceling = true;
  const answer = await cancelOnce(subject);
  subject.canceling = false;
  // An elastic row may not be there yet.
  if (answer.status === 404 && combination.way === 'patch') return;
  const when = `canceled by ${combination.way.toUpperCase()} while it is ${doing}`;
  if (!answer.ok) {
    const shown = monitorCodesIn(await operation.getMonitor());
    if (shown !== undefined && isTerminal(shown)) return;
    const waits = combination.way === 'delete' ? 'cancel.delete-answer' : 'cancel.patch-answer';
    const clause = doing === 'running' ? 'cancel.running-accepted' : waits;
    subject.note([{ clause, reason: `it was refused: ${answer.describe()}` }], when);
    subject.leave();
    return;
  }
  subject.canceled = doing;
  subject.attemptsBeforeCancel = attempts;
  subject.note(answerMismatches(answer, combination.way, { doing, operation }), when);
  await lookAtMonitor(subject, now, when);
  await lookAtEarlyRow(subject, named, now, when);
  if (combination.attempt % 2 === 0) await cancelAgain(subject);
}

/** Cancels, as the other user where the combination says so and the target allows it. */
async function cancelOnce({ operation, combination: { way, canceledByOther } }: Subject): Promise<Answer> {
  if (!canceledByOther) return operation.cancelAtOnce(way);
  const answer = await operation.cancelAtOnce(way, 'other');
  return answer.ok ? answer : operation.cancelAtOnce(way);
}

/** Cancels once more, the other way or, of what has its fourth attempt, the same; that changes nothing. */
async function cancelAgain(subject: Subject): Promise<void> {
  const { operation, combination, doing } = subject;
  const other = combination.way === 'delete' ? 'patch' : 'delete';
  const answer = await operation.cancelAtOnce(combination.attempt === 4 ? combination.way : other);
  subject.canceledTwice = true;
  const note = (clause: ClauseId, reason: string): void =>
    subject.note([{ clause, reason }], 'canceled again');
  if (answer.status >= 500) note('cancel.twice', answer.describe());
  const shown = monitorCodesIn(await operation.getMonitor());
  if (shown === undefined || doing !== 'running') return;
  const got = `got (${shown.state},${shown.status})`;
  if (isTerminal(shown)) {
    note('cancel.running-is-not-stopped', `expected the attempt to go on, ${got}`);
    subject.leave();
  } else if (shown.status !== 22) note('cancel.twice', `expected it to show (2,22) still, ${got}`);
}

/** Holds the answer to an accepted cancellation against the documented one. */
function answerMismatches(
  answer: Answer,
  way: CancelWay,
  { doing, operation }: Told,
): readonly ViewMismatch[] {
  const waits = way === 'delete' ? 'cancel.delete-answer' : 'cancel.patch-answer';
  try {
    if (way === 'patch') expectPatchAnswer(answer);
    else expectDeleteAnswer(answer, doing === 'between' || operation.attempts.length > 1);
    return [];
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return [{ clause: doing === 'running' ? 'cancel.running-accepted' : waits, reason: error.message }];
  }
}

/** Tries to cancel a subject at its end, which has to be refused. */
export async function cancelAtEnd(subject: Subject): Promise<void> {
  for (const way of ['delete', 'patch'] as const) await refusedAtEnd(subject, way);
}

/** Tries to cancel a subject that shows its end, which has to be refused; `moment` says when, `etag` is the row's. */
export async function refusedAtEnd(
  subject: Subject,
  way: CancelWay,
  moment = 'after its end',
  etag?: string,
): Promise<void> {
  const answer = await subject.operation.cancelAtOnce(way, undefined, etag);
  const when = `canceled by ${way.toUpperCase()} ${moment}`;
  if (answer.ok) {
    const clause = way === 'delete' ? 'cancel.terminal-refused-delete' : 'cancel.terminal-refused-patch';
    subject.note([{ clause, reason: `expected a refusal, got ${answer.describe()}` }], when);
  } else if (answer.status < 500 && answer.status !== 404 && !answer.body.includes(terminalMessage)) {
    // Why a tag is refused is the table's matter; the documented refusal is that of any version.
    if (etag !== undefined) return refusedAtEnd(subject, way, moment);
    subject.note(
      [
        {
          clause: 'cancel.terminal-message',
          reason: `expected the documented text, got ${answer.describe()}`,
        },
      ],
      when,
    );
  }
}
