import { headers as names, paths } from '../../contract/vocabulary.ts';
import type { Answer } from '../answer.ts';
import { isGuid, show } from '../expect.ts';
import { Blocked } from '../verdict.ts';

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
  return [answer.header(names.operationId), idAtEndOf(answer.header(names.location) ?? '')];
}

/**
 * The address of the monitor in `Location`; undefined where none leads there. Where the field stands twice the first
 * is followed: that it stands twice is a breach of one clause, and not of all that follow it.
 */
export function monitorIn(answer: Answer): string | undefined {
  return answer
    .headerValues(names.location)
    .find((location) => location.toLowerCase().includes(paths.monitor));
}

/** More of an address is not searched for an id: in a long one of nothing but dashes that took seconds. */
const endOfAddress = 100;

/** The id with which an address ends, whatever marks come after it; undefined where it ends otherwise. */
export function idAtEndOf(address: string): string | undefined {
  return /([0-9a-f-]{36})\W*$/i.exec(address.slice(-endOfAddress))?.[1];
}

/**
 * The id by which an accepted operation is followed; blocks the check where the answer names none. What is
 * wrong with the way in which it names the operation is noted.
 */
export function acceptedId(answer: Answer, id: string | undefined): string {
  if (id === undefined)
    throw new Blocked('submit.id-header', 'the 202 names no id, neither in its header nor in Location');
  if (!isGuid(id)) answer.note('submit.id-is-guid', `the id of the accepted operation is ${show(id)}`);
  const location = answer.header(names.location);
  if (location?.toLowerCase().includes(paths.monitor) !== true)
    answer.note('submit.location', `expected the monitor in Location, got ${show(location)}`);
  if (answer.header(names.operationId) === undefined)
    answer.note('submit.id-header', 'the 202 names its operation in Location only');
  return id;
}
