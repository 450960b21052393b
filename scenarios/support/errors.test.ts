import { expect, it } from 'vitest';
import { errorCodes } from '../../contract/vocabulary.ts';
import { Play } from '../../harness/plan.ts';
import { fail } from '../../harness/test.ts';
import { isPlatformError, type Failed } from './errors.ts';

/** An operation whose probe was told to fail with a code, and made its call so. */
function failed(code: number, call: object): Failed {
  const play = new Play([[fail('m', code)]]);
  play.arrive(call, 0).decide();
  return { operation: { parts: { play } }, told: { code, message: 'm' } } as unknown as Failed;
}

it.each([
  ['says nothing, as one that the target hosts', {}, true],
  ['provokes the code', { platformErrors: [errorCodes.objectDoesNotExist] }, true],
  ['provokes other codes only', { platformErrors: [errorCodes.noAttribute] }, false],
  ['provokes none', { platformErrors: [] }, false],
  ['lists codes as texts', { platformErrors: [String(errorCodes.objectDoesNotExist)] }, false],
])('tells whether an error is the platform’s where the probe %s', (_what, call, expected) => {
  expect(isPlatformError(failed(errorCodes.objectDoesNotExist, call))).toBe(expected);
});
