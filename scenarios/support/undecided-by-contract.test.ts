import { describe, expect, it } from 'vitest';
import type { OperationAtRest } from './snapshot.ts';
import { endInCommon, inCommon } from './undecided-by-contract.ts';

const snapshot = (status: number, more: object = {}, row: object = {}): OperationAtRest => ({
  monitor: { Text: null, state: 3, status, errorCode: null, errorMessage: null, ...more },
  row: {
    backgroundoperationstatecode: 3,
    backgroundoperationstatuscode: status,
    outputparameters: null,
    errorcode: null,
    retrycount: 0,
    starttime: '2026-01-01T00:00:00Z',
    endtime: '2026-01-01T00:00:01Z',
    ...row,
  },
  attempts: 1,
});

describe('what two canceled operations have in common', () => {
  it('leaves open what the documentation leaves open', () => {
    expect(inCommon(snapshot(30, { Text: 'x' }), 'succeeding')).toEqual(inCommon(snapshot(32), 'succeeding'));
    expect(inCommon(snapshot(31, { errorCode: 0 }), 'failing')).toEqual(inCommon(snapshot(32), 'failing'));
    expect(
      inCommon(snapshot(32, { errorCode: 0 }, { errorcode: 0, outputparameters: '[]' }), 'idle'),
    ).toEqual(inCommon(snapshot(32), 'idle'));
    const never = { ...snapshot(32, {}, { endtime: null }), attempts: 0 };
    expect(inCommon(never, 'idle')).toEqual(inCommon({ ...snapshot(32), attempts: 0 }, 'idle'));
  });

  it.each<[string, OperationAtRest, 'idle' | 'succeeding' | 'failing']>([
    ['another end', snapshot(31), 'succeeding'],
    ['an end that is not canceled', snapshot(31), 'idle'],
    ['an output', snapshot(32, { Text: 'x' }), 'idle'],
    ['another number of attempts', { ...snapshot(32), attempts: 4 }, 'failing'],
    ['another retrycount', snapshot(32, {}, { retrycount: 1 }), 'failing'],
    ['no endtime', snapshot(32, {}, { endtime: null }), 'failing'],
    ['another end of the row', snapshot(32, {}, { backgroundoperationstatuscode: 30 }), 'failing'],
  ])('keeps %s', (_what, other, met) => {
    expect(inCommon(other, met)).not.toEqual(inCommon(snapshot(32), met));
  });

  it('tells an end in words', () => {
    expect(endInCommon({ state: 3, status: 30 }, 'succeeding')).toBe('(3, 30 or 32)');
    expect(endInCommon({ state: 3, status: 30 }, 'failing')).toBe('(3,30)');
    expect(endInCommon({ state: 2, status: 22 }, 'failing')).toBe('(2,22)');
  });
});
