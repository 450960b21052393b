import { isJsonObject } from '../plain.ts';
import { ControlError } from './control-error.ts';

/** Tests one member of an object that a caller gave; answers what was expected, or undefined if it is right. */
export type MemberCheck = (value: unknown) => string | undefined;

const check =
  (expected: string, fits: (value: unknown) => boolean): MemberCheck =>
  (value) =>
    fits(value) ? undefined : expected;

/** Checks of single members. */
export const checks = {
  text: check('a text', (value) => typeof value === 'string'),
  flag: check('true or false', (value) => typeof value === 'boolean'),
  object: check('an object', isJsonObject),
  anything: check('anything', () => true),
  whole: (least: number, most: number): MemberCheck =>
    check(
      `a whole number from ${least} to ${most}`,
      (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
    ),
  oneOf: (...values: readonly string[]): MemberCheck =>
    check(
      values.map((value) => `"${value}"`).join(' or '),
      (value) => typeof value === 'string' && values.includes(value),
    ),
};

/**
 * Holds an object against the members that it may have; members that are undefined count as absent.
 *
 * @throws ControlError that names the first wrong member
 */
export function checkMembers(
  value: unknown,
  what: string,
  members: Readonly<Record<string, MemberCheck>>,
): void {
  if (!isJsonObject(value)) throw new ControlError(`${what} has to be an object.`);
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const checkOf = Object.hasOwn(members, name) ? members[name] : undefined;
    if (checkOf === undefined) {
      throw new ControlError(
        `${what} has no member "${name}". It may have ${Object.keys(members).join(', ')}.`,
      );
    }
    const expected = checkOf(member);
    if (expected !== undefined) throw new ControlError(`"${name}" of ${what} has to be ${expected}.`);
  }
}
