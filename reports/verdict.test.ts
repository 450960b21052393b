import { describe, expect, it } from 'vitest';
import type { Clause, Level, Need } from '../contract/clause.ts';
import type { Outcome, RawCheck } from '../record/outcome.ts';
import { exitStatus } from './gate.ts';
import { deriveResult, type Derivation } from './verdict.ts';

const run = { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, seed: 1, runs: 100 };

function clause(id: string, level: Level = 'MUST', needs: readonly Need[] = []): Clause {
  return {
    id,
    section: id.split('.')[0] ?? '',
    level,
    basis: 'stated',
    duty: 'it does',
    needs,
    source: { document: 'article' },
  };
}

function check(id: string, outcome: Outcome, more: Partial<RawCheck> = {}): RawCheck {
  return {
    clause: id,
    title: 'a check',
    file: 'scenarios/a.spec.ts',
    line: 1,
    outcome,
    startedAt: run.startedAt,
    durationMs: 1,
    evidence: [],
    ...more,
  };
}

function derive(input: Partial<Derivation> & Pick<Derivation, 'clauses'>) {
  return deriveResult({
    suite: { name: 'suite', version: '1' },
    target: { name: 'target', kind: 'url', url: 'http://127.0.0.1' },
    run,
    checks: [],
    ...input,
  });
}

function verdictOf(level: Level, checks: readonly RawCheck[], more: Partial<Derivation> = {}) {
  const [only] = derive({ clauses: [clause('a.b', level)], checks, ...more }).clauses;
  return { verdict: only?.verdict, reason: only?.reason };
}

describe('the verdict on a clause', () => {
  it('takes failed before inconclusive before passed', () => {
    const all = [
      check('a.b', 'passed'),
      check('a.b', 'inconclusive'),
      check('a.b', 'failed', { reason: 'expected 1, got 2' }),
    ];
    expect(verdictOf('MUST', all)).toEqual({ verdict: 'failed', reason: 'expected 1, got 2' });
    expect(verdictOf('MUST', all.slice(0, 2)).verdict).toBe('inconclusive');
    expect(verdictOf('MUST', all.slice(0, 1))).toEqual({ verdict: 'passed', reason: undefined });
  });

  it('warns of a broken SHOULD', () => {
    expect(verdictOf('SHOULD', [check('a.b', 'failed')]).verdict).toBe('warned');
  });

  it('observes a MAY and never judges it', () => {
    const seen = check('a.b', 'passed', { observed: ['202 without a body'] });
    expect(verdictOf('MAY', [seen])).toEqual({ verdict: 'observed', reason: '202 without a body' });
    expect(verdictOf('MAY', [check('a.b', 'passed')]).verdict).toBe('observed');
    expect(verdictOf('MAY', [check('a.b', 'failed', { reason: 'got 3' })])).toEqual({
      verdict: 'observed',
      reason: 'got 3',
    });
    expect(verdictOf('MAY', [seen, check('a.b', 'inconclusive')]).verdict).toBe('inconclusive');
  });

  it('names the clause that blocks a check', () => {
    expect(verdictOf('MUST', [check('a.b', 'inconclusive', { blockedBy: 'submit.accepted' })])).toEqual({
      verdict: 'inconclusive',
      reason: 'blocked by submit.accepted',
    });
  });

  it('calls a fault of the suite inconclusive, and says so', () => {
    expect(verdictOf('MUST', [check('a.b', 'error', { reason: 'x is not a function' })])).toEqual({
      verdict: 'inconclusive',
      reason: 'error of the suite: x is not a function',
    });
  });

  it('is not tested without a check, with the reason', () => {
    expect(verdictOf('MUST', [])).toEqual({ verdict: 'not-tested', reason: 'no check exists yet' });
    expect(verdictOf('MUST', [], { leftOut: new Set(['a.b']) }).reason).toBe('left out by --only');
    expect(verdictOf('MUST', [check('a.b', 'not-tested', { reason: 'no table' })])).toEqual({
      verdict: 'not-tested',
      reason: 'no table',
    });
  });

  it('passes on the branches that were tested and says which were not', () => {
    const checks = [
      check('a.b', 'passed', { branch: 'after success' }),
      check('a.b', 'not-tested', { branch: 'after failure', reason: 'needs a virtual clock' }),
    ];
    expect(verdictOf('MUST', checks)).toEqual({
      verdict: 'passed',
      reason: 'checked: after success; not checked: after failure (needs a virtual clock)',
    });
  });
});

describe('known deviations', () => {
  const known = { 'a.b': { reason: 'ticket 7', pattern: 'got 2' } };

  it('turn a listed failure into a known deviation', () => {
    const result = derive({
      clauses: [clause('a.b')],
      checks: [check('a.b', 'failed', { reason: 'expected 1, got 2' })],
      knownDeviations: known,
    });
    expect(result.clauses[0]).toMatchObject({ verdict: 'known-deviation', knownDeviation: 'ticket 7' });
    expect(exitStatus(result).status).toBe(0);
  });

  it('fail the run when the clause passes or fails in another way', () => {
    const passes = derive({
      clauses: [clause('a.b')],
      checks: [check('a.b', 'passed')],
      knownDeviations: known,
    });
    expect(passes.run.problems?.[0]).toContain('no longer deviates');
    expect(exitStatus(passes).status).toBe(1);
    const other = derive({
      clauses: [clause('a.b')],
      checks: [check('a.b', 'failed', { reason: 'got 3' })],
      knownDeviations: known,
    });
    expect(other.clauses[0]?.verdict).toBe('failed');
    expect(other.run.problems?.[0]).toContain('another way');
  });

  const held = check('a.b', 'passed', { branch: 'after success' });
  it.each<[string, Partial<Derivation>]>([
    ['one of its branches was not tested', { checks: [held, check('a.b', 'not-tested')] }],
    ['only one shard was run', { run: { ...run, shard: '1/4' } }],
    ['the run was stopped', { run: { ...run, incomplete: 'The run was interrupted.' } }],
    ['the run is incomplete elsewhere', { clauses: [clause('a.b'), clause('a.c')] }],
    ['only a check of another clause touched it', { leftOut: new Set(['a.b']) }],
  ])('are not called outdated when %s', (_when, more) => {
    const result = derive({ clauses: [clause('a.b')], checks: [held], knownDeviations: known, ...more });
    expect(result.clauses[0]?.verdict).toBe('passed');
    expect(result.run.problems).toBeUndefined();
  });
});

describe('the result', () => {
  it('holds every clause and drops none from the counts', () => {
    const result = derive({ clauses: [clause('a.a'), clause('a.b'), clause('a.c')], checks: [] });
    expect(result.clauses.map(({ id }) => id)).toEqual(['a.a', 'a.b', 'a.c']);
    expect(Object.values(result.summary).reduce((sum, n) => sum + n, 0)).toBe(3);
  });

  it('is incomplete when a MUST clause that is wanted and offered has no check', () => {
    const missing = derive({ clauses: [clause('a.b')] });
    expect(missing.run.incomplete).toContain('a.b');
    expect(exitStatus(missing).status).toBe(3);
    expect(
      exitStatus(derive({ clauses: [clause('a.b', 'MUST', ['table'])], offers: ['probe'] })).status,
    ).toBe(0);
    expect(exitStatus(derive({ clauses: [clause('a.b')], leftOut: new Set(['a.b']) })).status).toBe(0);
    expect(exitStatus(derive({ clauses: [clause('a.b', 'MUST', ['sdk'])] })).status).toBe(0);
  });

  it('is incomplete when a check ended by an error of the suite', () => {
    const result = derive({ clauses: [clause('a.b')], checks: [check('a.b', 'error')] });
    expect(exitStatus(result).status).toBe(3);
  });

  it('fails before it is incomplete', () => {
    const result = derive({
      clauses: [clause('a.b'), clause('a.c')],
      checks: [check('a.b', 'failed')],
    });
    expect(result.run.incomplete).toBeDefined();
    expect(exitStatus(result).status).toBe(1);
  });

  it('fails on open clauses only when asked to be strict', () => {
    const result = derive({ clauses: [clause('a.b')], checks: [check('a.b', 'not-tested')] });
    expect(exitStatus(result).status).toBe(0);
    expect(exitStatus(result, { strict: true }).status).toBe(1);
    expect(exitStatus(result, { require: ['a'] }).status).toBe(1);
  });

  it('could not be finished, rather than being too open, when it is both', () => {
    const stopped = { ...run, incomplete: 'The run was interrupted.' };
    const open = derive({
      clauses: [clause('a.b')],
      checks: [check('a.b', 'inconclusive'), check('a.b', 'not-tested')],
      run: stopped,
    });
    expect(exitStatus(open, { strict: true, require: ['a'] }).status).toBe(3);
    const problem = derive({ clauses: [], run: { ...stopped, problems: ['expired'] } });
    expect(exitStatus(problem, { strict: true }).status).toBe(1);
  });

  it('tells of checks that name a clause outside the catalogue', () => {
    const result = derive({ clauses: [clause('a.b')], checks: [check('x.y', 'passed')] });
    expect(result.run.problems?.[0]).toContain('x.y');
  });
});
