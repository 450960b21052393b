import { describe, expect, it } from 'vitest';
import { problemText, resultProblems } from './result-problems.ts';
import type { ClauseResult, Result } from './result.ts';

const clause: ClauseResult = {
  id: 'cancel.some-duty',
  section: 'cancel',
  level: 'MUST',
  basis: 'stated',
  source: 'https://example.org/#cancel',
  duty: 'A duty.',
  verdict: 'failed',
  checks: [{ title: 'a check', file: 'a.spec.ts', line: 1, outcome: 'failed', durationMs: 1 }],
};
const count = {
  passed: 0,
  failed: 1,
  warned: 0,
  inconclusive: 0,
  notTested: 0,
  observed: 0,
  knownDeviations: 0,
};
const result: Result = {
  schemaVersion: 1,
  suite: { name: 'suite', version: '1' },
  target: { name: 'target', kind: 'url', url: '' },
  run: { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, seed: 1, runs: 1 },
  summary: count,
  clauses: [clause],
};

function withClause(more: object): unknown {
  return { ...result, clauses: [{ ...clause, ...more }] };
}

function withCheck(more: object): unknown {
  return withClause({ checks: [{ ...clause.checks[0], ...more }] });
}

describe('the schema of the result file', () => {
  it('holds for a result, with members that this version does not know', () => {
    expect(resultProblems(result)).toEqual([]);
    expect(resultProblems({ ...result, later: 1 })).toEqual([]);
    expect(resultProblems(withCheck({ later: 1 }))).toEqual([]);
  });

  it('holds for findings of earlier versions, which do not say whether they are certain', () => {
    expect(resultProblems(withCheck({ findings: [{ clause: 'a.b', reason: 'x', again: true }] }))).toEqual(
      [],
    );
  });

  it('holds for an undecided clause only with a reason, for a decided one only with a check', () => {
    expect(resultProblems(withClause({ verdict: 'not-tested', reason: 'x', checks: [] }))).toEqual([]);
    expect(resultProblems(withClause({ verdict: 'known-deviation' }))).toMatchObject([
      { path: ['clauses', '0', 'reason'] },
    ]);
    expect(resultProblems(withClause({ verdict: 'inconclusive', reason: '' }))).toMatchObject([
      { path: ['clauses', '0', 'reason'] },
    ]);
    for (const verdict of ['passed', 'failed', 'warned', 'observed'])
      expect(resultProblems(withClause({ verdict, checks: [] })), verdict).toMatchObject([
        { path: ['clauses', '0', 'checks'] },
      ]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', null, 'the whole: '],
    ['another version', { ...result, schemaVersion: 2 }, '/schemaVersion: '],
    ['no summary', { ...result, summary: undefined }, '/summary: '],
    ['a count that is none', { ...result, summary: { ...count, passed: -1 } }, '/summary/passed: '],
    ['a date that is none', { ...result, run: { ...result.run, startedAt: 'today' } }, '/run/startedAt: '],
    ['an unknown verdict', withClause({ verdict: 'fine', reason: 'x' }), '/clauses/0/verdict: '],
    [
      'a source that a browser would run',
      withClause({ source: 'javascript:alert(1)' }),
      '/clauses/0/source: ',
    ],
    ['an id that leads elsewhere', withClause({ id: '../x.y' }), '/clauses/0/id: '],
    [
      'evidence of an unknown kind',
      withCheck({ evidence: [{ kind: 'rumour' }] }),
      '/clauses/0/checks/0/evidence/0/kind: ',
    ],
    [
      'a file of evidence outside of the report',
      withCheck({ evidenceFile: '../x.json' }),
      '/clauses/0/checks/0/evidenceFile: ',
    ],
    [
      'a header field without a value',
      withCheck({
        evidence: [
          {
            kind: 'exchange',
            at: result.run.startedAt,
            durationMs: 1,
            principal: '',
            request: { method: 'GET', url: '', headers: [['a']] },
          },
        ],
      }),
      '/clauses/0/checks/0/evidence/0/request/headers/0: ',
    ],
  ])('does not hold for %s', (_what, value, begins) => {
    const problems = resultProblems(value).map(problemText);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(begins), problems[0]).toBe(true);
  });
});
