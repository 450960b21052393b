import type { Codes } from '../../contract/vocabulary.ts';
import { Words } from '../../harness/expect.ts';
import { partOf } from '../../harness/origin.ts';
import { expect } from '../../harness/test.ts';
import { sameCodes, type ShownCodes } from '../../harness/reading.ts';

/** A pair of codes as the contract writes it: "(3,30)". */
export function pairText({ state, status }: ShownCodes | Codes): string {
  return `(${state},${status})`;
}

/** The same as words of the suite, for a check. */
export function shownPair(shown: ShownCodes): Words {
  return new Words(pairText(shown));
}

/** Whether a resource showed one of the given pairs. */
export function isOneOf(shown: ShownCodes, allowed: readonly Codes[]): boolean {
  return allowed.some((one) => sameCodes(shown, one));
}

/** Demands that a resource shows one of the given pairs; `subject` names the resource and the moment. */
export function expectCodes(shown: ShownCodes, subject: string, ...allowed: readonly Codes[]): void {
  expect(shownPair(shown), `the codes of ${subject}`, partOf(shown, 'codes')).toSatisfy(
    isOneOf(shown, allowed),
    allowed.map(pairText).join(' or '),
  );
}
