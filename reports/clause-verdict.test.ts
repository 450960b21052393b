import { describe, expect, it } from 'vitest';
import type { Clause, Level } from '../contract/clause.ts';
import type { Outcome, RawCheck } from '../record/outcome.ts';
import { clauseVerdict, type Circumstances } from './clause-verdict.ts';

function check(outcome: Outcome, more: Partial<RawCheck> = {}): RawCheck {
  return {
    clause: 'a.b',
    title: 'a check',
    file: 'a.spec.ts',
    line: 1,
    outcome,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    evidence: [],
    ...more,
  };
}

function judged(level: Level, checks: readonly RawCheck[], more: Partial<Circumstances> = {}) {
  const clause: Clause = {
    id: 'a.b',
    section: 'a',
    level,
    basis: 'stated',
    duty: 'it does',
    needs: ['table', 'clock'],
    source: { document: 'article' },
  };
  return clauseVerdict(clause, checks, { leftOut: false, ...more });
}

describe('a check that decides nothing', () => {
  it.each<[Outcome, string]>([
    ['inconclusive', 'the check could not decide and gave no reason'],
    ['unanswered', 'no usable answer: no usable answer came from the target'],
    ['error', 'error of the suite: the check ended without telling why'],
  ])('leaves its clause open, beside others that passed: %s', (outcome, reason) => {
    expect(judged('MUST', [check('passed'), check(outcome)])).toEqual({ verdict: 'inconclusive', reason });
    expect(judged('MAY', [check(outcome), check('passed')])).toEqual({ verdict: 'inconclusive', reason });
  });

  it('gives way to one that found the clause broken', () => {
    for (const outcome of ['inconclusive', 'unanswered', 'error', 'not-tested', 'passed'] as const)
      expect(judged('MUST', [check(outcome), check('failed', { reason: 'x' })])).toEqual({
        verdict: 'failed',
        reason: 'x',
      });
  });

  it('that somebody outside disturbed says more than one that the target blocked', () => {
    const blocked = check('inconclusive', { blockedBy: 'a.c', reason: 'short' });
    const disturbed = check('unanswered', { blame: 'gateway', reason: 'a gateway answered 502 to GET' });
    expect(judged('MUST', [blocked, disturbed])).toEqual({
      verdict: 'inconclusive',
      reason: 'a gateway answered 502 to GET',
      blame: 'gateway',
    });
    expect(judged('MUST', [blocked])).toEqual({ verdict: 'inconclusive', reason: 'blocked by a.c' });
  });
});

describe('the reason of a clause', () => {
  it('is the shortest of different ones, with the number of the others', () => {
    const of = (...reasons: string[]): unknown =>
      judged(
        'MUST',
        reasons.map((reason) => check('failed', { reason })),
      ).reason;
    expect(of('a long one', 'short', 'short')).toBe('short (and in one more check)');
    expect(of('a long one', 'short', 'a longer one')).toBe('short (and in 2 more checks)');
    expect(of('same', 'same')).toBe('same');
  });

  it('begins with the branch, unless it names it', () => {
    expect(judged('MUST', [check('failed', { branch: 'by PATCH', reason: 'got 3' })]).reason).toBe(
      '[by PATCH] got 3',
    );
    expect(judged('MUST', [check('failed', { branch: 'by PATCH', reason: 'by PATCH got 3' })]).reason).toBe(
      'by PATCH got 3',
    );
  });

  it('says of a clause that was left out that its own checks were', () => {
    expect(judged('MUST', [check('failed', { reason: 'x' })], { leftOut: true }).reason).toBe(
      'x; its own checks were left out by --only',
    );
  });

  it('says why there is no check: left out, in another shard, or what it would need', () => {
    expect(judged('MUST', [], { leftOut: true, shard: '1/3' }).reason).toBe('left out by --only');
    expect(judged('MUST', [], { shard: '1/3' }).reason).toBe('no check of it is in shard 1/3');
    expect(judged('MUST', [], { offers: ['table'] }).reason).toBe(
      'no check exists yet (needs a virtual clock)',
    );
    expect(judged('MUST', [], { offers: ['table', 'clock'] }).reason).toBe('no check exists yet');
  });
});

describe('a clause of which a part was tested', () => {
  it('names the parts by branch or title, each once, and why the rest was not', () => {
    const checks = [
      check('passed', { branch: 'row' }),
      check('passed', { branch: 'row' }),
      check('passed', { title: 'monitor' }),
      check('not-tested', { branch: 'event' }),
    ];
    const partly = 'checked: row, monitor; not checked: event (the check did not run and gave no reason)';
    expect(judged('MUST', checks)).toEqual({ verdict: 'passed', reason: partly });
    expect(judged('MAY', checks)).toEqual({
      verdict: 'observed',
      reason: `The check ran; there is nothing to report. (${partly})`,
    });
  });

  it('lists three at most, and counts the others', () => {
    const observed = ['one', 'two', 'three', 'four', 'five', 'one'];
    expect(judged('MAY', [check('passed', { observed })]).reason).toBe('one; two; three; and 2 more');
    expect(judged('MAY', [check('passed', { observed: observed.slice(0, 4) })]).reason).toBe(
      'one; two; three; and 1 more',
    );
    expect(judged('MAY', [check('passed', { observed: observed.slice(0, 3) })]).reason).toBe(
      'one; two; three',
    );
  });

  it('is not tested where no check decided', () => {
    expect(judged('SHOULD', [check('not-tested', { reason: 'no table' })])).toEqual({
      verdict: 'not-tested',
      reason: 'no table',
    });
  });
});

describe('what was observed of a MAY', () => {
  it('begins with the branch, and tells what the check did not expect', () => {
    expect(
      judged('MAY', [check('failed', { branch: 'row', observed: ['seen'], reason: 'got 3' })]).reason,
    ).toBe('[row] seen; [row] got 3');
    expect(judged('MAY', [check('failed')]).reason).toBe('something else than the check expected');
  });
});

describe('a known deviation', () => {
  it('covers every failure that matches its pattern, and no other one', () => {
    const known = { reason: 'ticket 7', pattern: 'got 2' };
    const first = check('failed', { reason: 'got 2' });
    const other = check('failed', { reason: 'got 3' });
    expect(judged('MUST', [first, first], { known })).toEqual({
      verdict: 'known-deviation',
      reason: 'got 2',
    });
    expect(judged('SHOULD', [first], { known }).verdict).toBe('known-deviation');
    const both = judged('MUST', [first, other], { known });
    expect(both.verdict).toBe('failed');
    expect(both.reason).toContain('got 3 (listed as a known deviation');
    expect(both.problem).toContain('a.b fails in another way');
    expect(judged('SHOULD', [other], { known }).verdict).toBe('warned');
  });

  it('without a pattern covers every failure, and changes no other verdict', () => {
    const known = { reason: 'ticket 7' };
    expect(judged('MUST', [check('failed', { reason: 'x' })], { known }).verdict).toBe('known-deviation');
    expect(judged('MUST', [check('passed')], { known })).toEqual({ verdict: 'passed' });
    expect(judged('MUST', [check('inconclusive')], { known }).verdict).toBe('inconclusive');
  });
});
