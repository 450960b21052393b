import type { ClauseId } from '../../contract/clauses.ts';
import { limits } from '../../contract/vocabulary.ts';
import type { ShownCodes } from '../../harness/reading.ts';
import { wrongCodes } from '../model/expect-codes.ts';
import { attemptsOf } from '../model/story.ts';
import type { Subject } from './subject.ts';

type Offers = { readonly events: boolean };

/** A retry that takes so many times the longest wait of others is missing. */
const late = 3;

/**
 * Charges those that have not come to an end in three days, though others like them have: what awaits a retry that
 * never comes, what was never executed, and what was canceled and has nothing left to do.
 */
export function noteEndless(subjects: readonly Subject[], now: number, offers: Offers): void {
  const unfinished = subjects.filter(({ end }) => end === undefined);
  for (const subject of unfinished.filter(isRetriedOn)) {
    const made = subject.operation.attempts.length;
    subject.note([{ clause: 'retry.at-most-three', reason: `${made} attempts were made` }], 'without an end');
  }
  const open = unfinished.filter((subject) => !isRetriedOn(subject));
  const waiting = open.filter(({ canceled }) => canceled === undefined);
  for (const subject of waiting) {
    const clause = missingRetryOf(subject, subjects, now);
    if (clause === undefined && isForgotten(subject, subjects))
      subject.note(
        [
          {
            clause: 'flow.bulk',
            reason: 'it was never executed, though others that were submitted with it came to their ends',
          },
        ],
        'three days after it was submitted',
      );
    if (clause === undefined) continue;
    subject.note(
      [{ clause, reason: 'no retry came in three days, as it came for others' }],
      'after a failure',
    );
  }
  // Where none like it ended, the target may just wait longer than anybody looked.
  if (waiting.length > 0) return;
  for (const subject of open) {
    const clause = subject.over === true ? missingEndOf(subject, now, offers) : undefined;
    if (clause === undefined) continue;
    const reason = 'it was still being canceled three days later, though nothing was left to do';
    subject.note([{ clause, reason }], 'long after its cancellation');
  }
}

/** The clause of a retry that never comes after an error that is not the platform's, though others got theirs. */
function missingRetryOf(subject: Subject, subjects: readonly Subject[], now: number): ClauseId | undefined {
  const attempts = attemptsOf(subject.operation, false);
  const last = attempts.at(-1);
  if (last === undefined || subject.over !== false || (last.end !== 'own' && last.end !== 'no-answer'))
    return undefined;
  const waits = subjects.flatMap(({ operation }) => {
    const [before, retry] = attemptsOf(operation, false).slice(attempts.length - 1);
    return before === undefined || retry === undefined ? [] : [retry.began - before.last];
  });
  // Waits differ: nobody knows that a retry is missing before it is much later than any other.
  if (waits.length === 0 || now - last.last <= late * Math.max(...waits)) return undefined;
  return attempts.length === 1 ? 'retry.on-error' : 'retry.three-times';
}

/** Whether an operation has been retried more often than any may be. */
function isRetriedOn({ operation }: Subject): boolean {
  return operation.attempts.length > limits.retries + 1;
}

/** Whether an operation never began, though another that was submitted with it came to its end, if only by cancellation. */
function isForgotten({ operation, submittedAt }: Subject, subjects: readonly Subject[]): boolean {
  return (
    operation.attempts.length === 0 &&
    subjects.some((one) => one.end !== undefined && one.submittedAt === submittedAt)
  );
}

/** What a cancellation that never completes breaks: the end that is documented, else that its end is told of. */
function missingEndOf(subject: Subject, now: number, offers: Offers): ClauseId | undefined {
  const canceling: ShownCodes = { state: 2, status: 22 };
  if (subject.canceled !== 'between')
    return wrongCodes(canceling, { ...subject.story(now), ended: true })?.clause;
  if (subject.operation.parts.callbackUrl !== undefined) return 'callback.on-cancel';
  return offers.events ? 'event.on-cancel' : undefined;
}
