import { describe, expect, it } from 'vitest';
import type { CheckResult, Verdict } from '../record/result.ts';
import { decidedThroughout, holdsThroughout } from './holds-throughout.ts';

function clause(verdict: Verdict, ...outcomes: readonly CheckResult['outcome'][]) {
  const checks = outcomes.map((outcome) => ({ title: '', file: '', outcome, durationMs: 1 }));
  return { id: 'a.b', verdict, checks };
}

describe('a clause holds throughout', () => {
  it('where it passed or was observed, and every check decided', () => {
    expect(holdsThroughout(clause('passed', 'passed', 'passed'), {})).toBe(true);
    expect(holdsThroughout(clause('observed', 'passed', 'failed'), {})).toBe(true);
  });

  it.each<Verdict>(['failed', 'warned', 'inconclusive', 'not-tested', 'known-deviation'])(
    'not where it is %s',
    (verdict) => {
      expect(holdsThroughout(clause(verdict, 'passed'), {})).toBe(false);
    },
  );

  it.each<CheckResult['outcome']>(['inconclusive', 'not-tested', 'unanswered', 'error'])(
    'not where one of its checks is %s',
    (outcome) => {
      expect(holdsThroughout(clause('passed', 'passed', outcome), {})).toBe(false);
      expect(decidedThroughout(clause('failed', 'failed', outcome), {})).toBe(false);
    },
  );

  it('not in a part of a run, or where it was left out', () => {
    const passed = clause('passed', 'passed');
    expect(holdsThroughout(passed, { incomplete: 'stopped' })).toBe(false);
    expect(holdsThroughout(passed, { shard: '1/2' })).toBe(false);
    expect(holdsThroughout(passed, { leftOut: new Set(['a.b']) })).toBe(false);
    expect(holdsThroughout(passed, { leftOut: new Set(['a.c']) })).toBe(true);
  });
});
