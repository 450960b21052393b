import type { ClauseId } from '../../contract/clauses.ts';
import type { ShownCodes } from '../../harness/reading.ts';
import { wrongCodes } from '../model/expect-codes.ts';
import type { Story } from '../model/story.ts';
import type { Subject } from './subject.ts';

/**
 * Charges those that have not come to an end although nothing else can happen to them any more. Where others do not
 * end either, the target may just wait longer between attempts than anybody looked.
 */
export function noteEndless(
  subjects: readonly Subject[],
  now: number,
  offers: { readonly events: boolean },
): void {
  const open = subjects.filter(({ end }) => end === undefined);
  if (open.some(({ canceled }) => canceled === undefined)) return;
  for (const subject of open) {
    const story = subject.story(now);
    if (subject.over !== true) continue;
    const clause = clauseOf(subject, { ...story, ended: true }, offers);
    if (clause === undefined) continue;
    const reason = 'it was still being canceled three days later, though nothing was left to do';
    subject.note([{ clause, reason }], 'long after its cancellation');
  }
}

/** What a cancellation that never completes breaks: the end that is documented, else that its end is told of. */
function clauseOf(
  subject: Subject,
  story: Story,
  offers: { readonly events: boolean },
): ClauseId | undefined {
  const canceling: ShownCodes = { state: 2, status: 22 };
  if (story.canceled !== 'between') return wrongCodes(canceling, story)?.clause;
  if (subject.operation.parts.callbackUrl !== undefined) return 'callback.on-cancel';
  return offers.events ? 'event.on-cancel' : undefined;
}
