import { describe, expect, it } from 'vitest';
import { sampleResult } from './fixtures/sample.ts';
import type { Result } from './result.ts';
import { resultProblems } from './validate.ts';

const result = sampleResult({ checks: 2 });

describe('the schema of the result file', () => {
  it('holds for a result with every kind of verdict and its evidence', () => {
    expect(resultProblems(JSON.parse(JSON.stringify(result)))).toEqual([]);
  });

  it.each<[string, (result: Result) => unknown, string]>([
    ['another version', (good) => ({ ...good, schemaVersion: 2 }), '/schemaVersion'],
    ['no summary', (good) => ({ ...good, summary: undefined }), 'summary'],
    [
      'a date that is none',
      (good) => ({ ...good, run: { ...good.run, startedAt: 'today' } }),
      '/run/startedAt',
    ],
    [
      'a passed clause without a check',
      (good) => ({
        ...good,
        clauses: good.clauses.map((clause) => ({ ...clause, verdict: 'passed', checks: [] })),
      }),
      '/clauses/0/checks',
    ],
    [
      'an unknown verdict',
      (good) => ({
        ...good,
        clauses: good.clauses.map((clause) => ({ ...clause, verdict: 'fine', reason: 'x' })),
      }),
      '/clauses/0/verdict',
    ],
    [
      'an untested clause without a reason',
      (good) => ({ ...good, clauses: [{ ...good.clauses[0], verdict: 'not-tested', reason: undefined }] }),
      'reason',
    ],
    [
      'a source that a browser would run',
      (good) => ({ ...good, clauses: [{ ...good.clauses[0], source: 'javascript:alert(1)' }] }),
      '/clauses/0/source',
    ],
    [
      'evidence of an unknown kind',
      (good) => ({
        ...good,
        clauses: [
          {
            ...good.clauses[0],
            checks: [
              { title: '', file: '', outcome: 'failed', durationMs: 1, evidence: [{ kind: 'rumour' }] },
            ],
          },
        ],
      }),
      '/clauses/0/checks/0/evidence/0',
    ],
    [
      'an evidence file outside of the report',
      (good) => ({
        ...good,
        clauses: [
          {
            ...good.clauses[0],
            checks: [{ title: '', file: '', outcome: 'passed', durationMs: 1, evidenceFile: '../x.json' }],
          },
        ],
      }),
      'evidenceFile',
    ],
  ])('does not hold for %s', (_name, spoil, place) => {
    expect(resultProblems(JSON.parse(JSON.stringify(spoil(result)))).join('\n')).toContain(place);
  });
});
