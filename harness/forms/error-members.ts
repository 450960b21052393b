import { members } from '../../contract/vocabulary.ts';
import type { JsonObject } from '../answer.ts';

const both: readonly string[] = [members.errorCode, members.errorMessage];

/** Whether a member tells of an error. */
export function isErrorMember(name: string): boolean {
  return both.includes(name);
}

/**
 * Whether a member tells, by null, that there is no error, where it had better be absent. Beside a code null is an empty
 * message, which may be kept as none.
 */
export function saysNoError(body: JsonObject, name: string): boolean {
  return body[name] === null && (name === members.errorCode || !Number.isInteger(body[members.errorCode]));
}
