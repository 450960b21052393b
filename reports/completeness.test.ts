import { describe, expect, it } from 'vitest';
import type { Clause, Level } from '../contract/clause.ts';
import type { CheckResult, ClauseResult, Verdict } from '../record/result.ts';
import { incompleteness } from './completeness.ts';

const run = { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, seed: 1, runs: 1 };

function clause(id: string, level: Level = 'MUST'): Clause {
  return { id, section: 'a', level, basis: 'stated', duty: 'x', needs: [], source: { document: 'article' } };
}

function result(
  id: string,
  verdict: Verdict,
  checks: readonly Partial<CheckResult>[],
  more: Partial<ClauseResult> = {},
): ClauseResult {
  return {
    id,
    section: 'a',
    level: 'MUST',
    basis: 'stated',
    source: 'https://example.org/',
    duty: 'x',
    verdict,
    checks: checks.map((one) => ({ title: '', file: '', outcome: 'passed', durationMs: 1, ...one })),
    ...more,
  };
}

function why(...results: readonly ClauseResult[]): string | undefined {
  return incompleteness(
    results.map(({ id, level }) => clause(id, level)),
    results,
    { run },
  );
}

describe('a run is not complete', () => {
  it.each<[CheckResult['outcome'], string]>([
    ['error', 'the suite itself failed in checks of a.b, which is not the target’s fault.'],
    ['unanswered', 'the target gave no usable answer to checks of a.b.'],
  ])('where a check ended so: %s', (outcome, reason) => {
    expect(why(result('a.b', 'inconclusive', [{ outcome }]))).toBe(reason);
  });

  it('for who disturbed a check, and for nothing else, where somebody did', () => {
    for (const outcome of ['error', 'unanswered'] as const)
      expect(why(result('a.b', 'inconclusive', [{ outcome, blame: 'network' }], { blame: 'network' }))).toBe(
        'the network kept checks of a.b from deciding.',
      );
  });

  it('where a breach was seen once only, unless the clause was decided', () => {
    const once = [{ outcome: 'inconclusive', seenOnce: true }] as const;
    expect(why(result('a.b', 'inconclusive', once))).toBe(
      'a breach of a.b was met and could not be established: seen once and not again, or only concluded.',
    );
    expect(why(result('a.b', 'failed', once))).toBeUndefined();
  });

  it('where no check of a required clause was run', () => {
    expect(why(result('a.b', 'not-tested', []))).toBe('no check was run for a.b.');
    expect(
      incompleteness([clause('a.b')], [result('a.b', 'not-tested', [])], { run, leftOut: new Set(['a.b']) }),
    ).toBeUndefined();
    expect(
      incompleteness([clause('a.b')], [result('a.b', 'not-tested', [])], { run: { ...run, shard: '1/2' } }),
    ).toBeUndefined();
  });

  it('only for what is required', () => {
    expect(why(result('a.b', 'inconclusive', [{ outcome: 'error' }], { level: 'SHOULD' }))).toBeUndefined();
    expect(why(result('a.b', 'passed', [{}]))).toBeUndefined();
  });

  it('and names five clauses at most', () => {
    const many = Array.from({ length: 7 }, (_, n) =>
      result(`a.b${n}`, 'inconclusive', [{ outcome: 'error' }]),
    );
    expect(why(...many)).toContain('a.b0, a.b1, a.b2, a.b3, a.b4 and 2 more MUST clauses');
    expect(why(...many.slice(0, 5))).not.toContain('more');
  });
});
