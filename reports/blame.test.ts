import { describe, expect, it } from 'vitest';
import type { Clause, Level } from '../contract/clause.ts';
import type { Blame, RawCheck } from '../record/outcome.ts';
import { exitStatus } from './gate.ts';
import { readResult } from './read-result.ts';
import { deriveResult } from './verdict.ts';

const run = { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, seed: 1, runs: 100 };

function clauseOf(id: string, level: Level): Clause {
  const [section = ''] = id.split('.');
  return {
    id,
    section,
    level,
    basis: 'stated',
    duty: 'it does',
    needs: [],
    source: { document: 'article' },
  };
}

function undecided(more: Partial<RawCheck>): RawCheck {
  const where = { title: 'a check', file: 'scenarios/a.spec.ts', line: 1, durationMs: 1, evidence: [] };
  return { clause: 'a.b', outcome: 'inconclusive', startedAt: run.startedAt, ...where, ...more };
}

function derived(level: Level, checks: readonly RawCheck[], more: object = {}) {
  return deriveResult({
    suite: { name: 'suite', version: '1' },
    target: { name: 'target', kind: 'url', url: 'http://127.0.0.1' },
    run: { ...run, ...more },
    checks,
    clauses: [clauseOf('a.b', level)],
  });
}

const because = 'A gateway in front of the target answered 502 to GET';
const gateway = undecided({ blame: 'gateway', reason: because });

describe('a clause that somebody else than the target kept from being decided', () => {
  it('tells who in result, clause and check, and reads back', () => {
    const result = derived('MUST', [
      undecided({ reason: 'short' }),
      gateway,
      undecided({ outcome: 'passed' }),
    ]);
    expect(result.clauses[0]).toMatchObject({ verdict: 'inconclusive', blame: 'gateway', reason: because });
    expect(result.clauses[0]?.checks.map(({ blame }) => blame)).toEqual([undefined, 'gateway', undefined]);
    expect(readResult(JSON.stringify(result))).toEqual(result);
  });

  it.each<Blame>(['gateway', 'network', 'sign-in', 'clock', 'listener', 'restart', 'neighbour', 'suite'])(
    'forbids exit 0 where it is a MUST: %s',
    (blame) => {
      const result = derived('MUST', [undecided({ blame, reason: 'It did not work' })]);
      expect(exitStatus(result).status).toBe(3);
      expect(result.run.incomplete).toMatch(/ kept checks of a\.b from deciding\.$/);
    },
  );

  it('leaves exit 0 where nobody is blamed, or the clause is no MUST', () => {
    expect(exitStatus(derived('MUST', [undecided({ reason: 'a race went the other way' })])).status).toBe(0);
    expect(exitStatus(derived('SHOULD', [gateway])).status).toBe(0);
  });

  it('is broken all the same where another check found it broken', () => {
    const result = derived('MUST', [gateway, undecided({ outcome: 'failed', reason: 'expected 1, got 2' })]);
    expect(result.clauses[0]?.blame).toBeUndefined();
    expect(exitStatus(result).status).toBe(1);
  });
});

describe('what disturbed a run', () => {
  const disruptions = [
    { source: 'gateway' as const, message: 'a gateway answered 502', times: 12 },
    { source: 'network' as const, message: 'a connection was reset', times: 1 },
  ];

  it('decides nothing by itself, and reads back', () => {
    const result = derived('MUST', [undecided({ outcome: 'passed' })], { disruptions });
    expect(exitStatus(result).status).toBe(0);
    expect(readResult(JSON.stringify(result)).run.disruptions).toEqual(disruptions);
  });

  it('is refused by the reader where it is no such thing', () => {
    const broken = derived('MUST', [], { disruptions: [{ source: 'nobody', message: 'x', times: 1 }] });
    expect(() => readResult(JSON.stringify(broken))).toThrow('/run/disruptions/0/source');
  });
});
