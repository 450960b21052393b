import { describe, expect, it } from 'vitest';
import type { Evidence, Exchange } from '../record/evidence.ts';
import { sampleResult } from './fixtures/sample.ts';
import { mend } from './mend.ts';
import type { Result } from '../record/result.ts';
import { resultProblems } from '../record/result-problems.ts';

const exchange: Exchange = {
  kind: 'exchange',
  at: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  principal: 'initiator',
  request: { method: 'GET', url: 'https://x/', headers: [] },
};

/** A result whose first failed check has this evidence, as JSON would keep it. */
function resultWith(evidence: readonly unknown[], check: object = {}): Result {
  const result = sampleResult({ checks: 1, sections: ['cancel'] });
  const clauses = result.clauses.map((clause) =>
    clause.verdict === 'failed'
      ? { ...clause, checks: clause.checks.map((one) => ({ ...one, ...check, evidence })) }
      : clause,
  );
  return JSON.parse(JSON.stringify({ ...result, clauses })) as Result;
}

function mendedEvidence(...evidence: readonly unknown[]): Evidence[] {
  const { result, problem } = mend(resultWith(evidence));
  expect(problem).toBeUndefined();
  expect(resultProblems(result)).toEqual([]);
  return [...(result.clauses.find(({ verdict }) => verdict === 'failed')?.checks[0]?.evidence ?? [])];
}

describe('a result that its schema refuses', () => {
  it('keeps an exchange without the date that is none, and says what it was', () => {
    const late = { ...exchange, virtualTime: '+010000-01-01T00:00:00.000Z' };
    expect(mendedEvidence(exchange, late, exchange)).toEqual([
      exchange,
      exchange,
      { kind: 'remark', text: expect.stringContaining('"+010000-01-01T00:00:00.000Z"') as string },
      exchange,
    ]);
  });

  it.each([
    [
      'a clock that is not a time',
      { kind: 'advanced', at: exchange.at, milliseconds: 1, now: 'never', durationMs: 1 },
    ],
    ['a number that is none', { ...exchange, durationMs: NaN }],
    ['a status that is none', { ...exchange, response: { status: 1e400, headers: [] } }],
    ['a kind that nobody knows', { kind: 'rumour' }],
    ['nothing', null],
    ['two faults', { ...exchange, virtualTime: 7, durationMs: 'long' }],
  ])('keeps evidence with %s as a remark', (_what, piece) => {
    expect(mendedEvidence(piece).map(({ kind }) => kind)).toContain('remark');
  });

  it('keeps thousands of such pieces in a moment', () => {
    const late = { ...exchange, virtualTime: 'soon' };
    const began = performance.now();
    expect(mendedEvidence(...Array.from({ length: 3_000 }, () => late))).toHaveLength(6_000);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('keeps a check without a duration that is none', () => {
    expect(mend(resultWith([], { durationMs: NaN }))).not.toHaveProperty('problem');
  });

  it('has well-formed texts only', () => {
    expect(mendedEvidence({ kind: 'remark', text: 'a\ud800b' })).toEqual([
      { kind: 'remark', text: 'a\ufffdb' },
    ]);
  });

  it('says what cannot be mended', () => {
    const result = sampleResult({ checks: 1, sections: ['cancel'] });
    const broken = { ...result, clauses: result.clauses.map((clause) => ({ ...clause, checks: [] })) };
    expect(mend(broken).problem).toContain('/checks: A clause without a check is never decided');
  });
});
