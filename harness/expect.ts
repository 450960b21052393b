import { isDeepStrictEqual } from 'node:util';
import { maskText } from './mask.ts';
import { excerpt } from './mask/excerpt.ts';
import { originOf } from './origin.ts';
import { Broken } from './verdict.ts';

const shownCharacters = 400;

/**
 * What the suite itself says of something, e.g. "(3,30)" for two members: shown without the quotes that
 * mark a text of the target.
 */
export class Words {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value as a reader of the report wants to see it: JSON, cut where it is long. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value instanceof Words) return cut(maskText(value.text));
  // Masked before it is cut: half a secret would not be found any more.
  return cut(maskText(JSON.stringify(value) ?? String(value)));
}

function cut(text: string): string {
  if (text.length <= shownCharacters) return text;
  return `${excerpt(text, shownCharacters)} (${text.length} characters)`;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a value is a GUID in its usual form, without regard to case. */
export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && guid.test(value);
}

/** Assertions on one value; each raises {@link Broken} with what was expected and what came. */
export interface Expectation {
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toBeOneOf(expected: readonly unknown[]): void;
  toMatch(pattern: RegExp, meaning?: string): void;
  toContain(text: string): void;
  toBeInteger(): void;
  toBeString(): void;
  toBeGuid(): void;
  /** The member is absent: not even null. */
  toBeAbsent(): void;
  toBePresent(): void;
  toBeAtLeast(least: number): void;
  toBeAtMost(most: number): void;
  /** Holds when the condition does; `expected` says in words what was wanted. */
  toSatisfy(condition: boolean, expected: string): void;
}

/**
 * Holds a member of an answer, of a delivery or of an object from a body against the contract. A mismatch
 * names the exchange and the member, so that the report opens it.
 */
export function expect<Source extends object>(
  source: Source,
  member: keyof Source & string,
  subject: string,
): Expectation;
/**
 * Holds a value against the contract. `subject` names what was looked at, as it is to stand in the
 * report ("the status of DELETE").
 *
 * @param source what the value was read from; a mismatch names its exchange
 */
export function expect(actual: unknown, subject: string, source?: object): Expectation;
export function expect(first: unknown, second: string, third?: string | object): Expectation {
  if (typeof third !== 'string') return expectation(first, second, third);
  const source = first as Readonly<Record<string, unknown>>;
  return expectation(source[second], third, source, second);
}

function expectation(actual: unknown, subject: string, source?: object, member?: string): Expectation {
  const check = (holds: boolean, expected: string): void => {
    if (holds) return;
    const origin = source === undefined ? undefined : originOf(source, member);
    throw new Broken(subject, expected, show(actual), { origin });
  };
  return {
    toBe: (expected) => check(Object.is(actual, expected), show(expected)),
    toEqual: (expected) => check(isDeepStrictEqual(actual, expected), show(expected)),
    toBeOneOf: (expected) =>
      check(
        expected.some((one) => isDeepStrictEqual(actual, one)),
        `one of ${expected.map(show).join(', ')}`,
      ),
    toMatch: (pattern, meaning) =>
      check(typeof actual === 'string' && pattern.test(actual), meaning ?? `text that matches ${pattern}`),
    toContain: (text) =>
      check(typeof actual === 'string' && actual.includes(text), `text that contains ${show(text)}`),
    toBeInteger: () => check(Number.isInteger(actual), 'an integer'),
    toBeString: () => check(typeof actual === 'string', 'a string'),
    toBeGuid: () => check(isGuid(actual), 'a GUID'),
    toBeAbsent: () => check(actual === undefined, 'no such member at all'),
    toBePresent: () => check(actual !== undefined && actual !== null, 'a value'),
    toBeAtLeast: (least) => check(typeof actual === 'number' && actual >= least, `at least ${least}`),
    toBeAtMost: (most) => check(typeof actual === 'number' && actual <= most, `at most ${most}`),
    toSatisfy: (condition, expected) => check(condition, expected),
  };
}
