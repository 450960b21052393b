import { headers as names } from '../../contract/vocabulary.ts';
import type { Answer } from '../answer.ts';
import { isGuid } from '../expect.ts';

/**
 * Whether a call was accepted as an operation. Another success than 202 that names an operation is noted
 * and taken for an acceptance.
 */
export function isAccepted(answer: Answer): boolean {
  if (answer.status === 202) return true;
  const accepted = answer.ok && namedIds(answer).some((one) => one !== undefined && one !== '');
  if (accepted) answer.note('submit.accepted', `expected the status 202, got ${answer.status}`);
  return accepted;
}

/** The id of an accepted operation: from its header, else from the end of `Location`. Lower case. */
export function idOf(answer: Answer): string | undefined {
  const named = namedIds(answer);
  return (
    named.find(isGuid)?.toLowerCase() ??
    (answer.status === 202 ? named.find((one) => one !== undefined && one !== '') : undefined)
  );
}

/** Whether header and `Location` name two operations: then nobody knows which one was accepted. */
export function namesTwoIds(answer: Answer): boolean {
  return new Set(namedIds(answer).flatMap((one) => (isGuid(one) ? [one.toLowerCase()] : []))).size > 1;
}

/** The ids that an answer names, in its header and at the end of `Location`. */
export function namedIds(answer: Answer): readonly (string | undefined)[] {
  return [
    answer.header(names.operationId),
    /([0-9a-f-]{36})\W*$/i.exec(answer.header(names.location) ?? '')?.[1],
  ];
}
