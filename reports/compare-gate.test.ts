import { describe, expect, it } from 'vitest';
import { compareGate } from './compare-gate.ts';
import type { ComparedClause, ResultComparison, VerdictChange } from './compare.ts';
import type { Verdict } from '../record/result.ts';

/** A required clause with these verdicts, one for each result; undefined where a result does not know it. */
function compared(id: string, change: VerdictChange | undefined, ...verdicts: (Verdict | undefined)[]) {
  const cells = verdicts.map((verdict) => (verdict === undefined ? undefined : { verdict }));
  return { id, level: 'MUST', cells, change } as unknown as ComparedClause;
}

/** The gate of these clauses; `incomplete` says why the last of two runs did not end as planned. */
function gateOf(clauses: readonly ComparedClause[], strict?: boolean, incomplete?: string) {
  const runs = [{ incomplete: 'the first one.' }, incomplete === undefined ? {} : { incomplete }];
  return compareGate({ clauses, runs } as unknown as ResultComparison, { strict });
}

const brokenAgain = compared('a.one', 'newly-broken', 'passed', 'failed');
const lost = compared('b.one', 'newly-open', 'passed', 'inconclusive');

describe('the gate of a comparison', () => {
  it('is open where nothing changed, whatever kept an earlier run from its end', () => {
    const same = [compared('a.one', undefined, 'failed', 'failed'), lost];
    expect(gateOf(same)).toEqual({ status: 0, failed: false, why: [] });
    expect(compareGate({ clauses: same, runs: [] } as unknown as ResultComparison).status).toBe(0);
  });

  it('names what is newly broken, with how many more there are', () => {
    const some = ['b', 'c', 'd'].map((section) => compared(`${section}.one`, 'added', undefined, 'failed'));
    expect(gateOf([brokenAgain]).why).toEqual([
      'Newly broken: 1 required clause: a.one. Fix the target, or the change that broke it.',
    ]);
    expect(gateOf([brokenAgain, ...some])).toEqual({
      status: 1,
      failed: true,
      why: [
        'Newly broken: 4 required clauses: a.one, b.one, c.one and 1 more. Fix the target, or the change that broke it.',
      ],
    });
  });

  it('counts no clause as newly broken that is not, that holds, or that is not required', () => {
    const others = [
      compared('a.one', 'added', undefined, 'passed'),
      compared('a.two', 'newly-broken', 'passed', 'warned'),
      compared('a.three', 'other-wording', 'failed', 'failed'),
      compared('a.four', 'removed', 'failed', undefined),
      { ...brokenAgain, level: 'SHOULD' } as ComparedClause,
    ];
    expect(gateOf(others).why).toEqual([]);
  });

  it('with --strict names what is no longer decided, or no longer looked at', () => {
    const removed = (['passed', 'failed', 'not-tested', 'inconclusive'] as const).map((verdict) =>
      compared(`removed.${verdict}`, 'removed', verdict, undefined),
    );
    expect(gateOf([lost, ...removed], true)).toEqual({
      status: 1,
      failed: true,
      why: [
        '--strict: 3 required clauses were decided before and are no longer: b.one, removed.passed, removed.failed. Give the run what it had before, or leave --strict out.',
      ],
    });
    const others = [
      compared('c.one', 'other-verdict' as VerdictChange, 'passed', 'warned'),
      compared('c.two', 'removed', undefined, undefined),
      { ...lost, level: 'SHOULD' } as ComparedClause,
    ];
    expect(gateOf(others, true).status).toBe(0);
  });

  it('tells a last run that is incomplete by a status of its own, unless something is newly broken', () => {
    const why = 'Incomplete: the last run did not end as planned: it was interrupted. Run it again.';
    expect(gateOf([], false, 'it was interrupted')).toEqual({ status: 3, failed: true, why: [why] });
    expect(gateOf([lost], true, 'it was interrupted.')).toMatchObject({
      status: 3,
      why: [expect.stringMatching(/^--strict: 1 required clause was decided before and is no longer/), why],
    });
    expect(gateOf([brokenAgain, lost], true, 'it was interrupted.')).toMatchObject({
      status: 1,
      why: [expect.stringMatching(/^Newly broken/), expect.stringMatching(/^--strict/), why],
    });
  });
});
