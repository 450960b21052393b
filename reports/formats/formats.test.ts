import { describe, expect, it } from 'vitest';
import type { Level } from '../../contract/clause.ts';
import { clauses } from '../../contract/clauses.ts';
import { sampleResult } from '../fixtures/sample.ts';
import { deriveResult } from '../verdict.ts';
import { badge } from './badge.ts';
import { ctrf } from './ctrf.ts';
import { inline, markdown } from './markdown.ts';
import { sarif } from './sarif.ts';

const result = sampleResult();
const count = (level: Level): number => clauses.filter((clause) => clause.level === level).length;

describe('Markdown', () => {
  it('tells the verdict, all counts and what did not hold', () => {
    const text = markdown(result);
    expect(text).toContain(
      `✕ **Not conformant: 1 of ${count('MUST')} required clauses is broken: cancel.terminal-message; `,
    );
    // A MUST is broken, a SHOULD warned, cancel.race undecided, the events and the organization service not tested.
    const open = clauses.filter(({ section }) => section === 'event' || section === 'sdk');
    const untested = open.length;
    const observed = count('MAY') - open.filter(({ level }) => level === 'MAY').length;
    const passed = clauses.length - 3 - untested - observed;
    expect(text).toContain(`| 1 | 0 | 1 | 1 | ${untested} | ${observed} | ${passed} | ${clauses.length} |`);
    expect(text).toContain('[`cancel.terminal-message`](https://learn.microsoft.com/');
  });

  it('shows what a target said and lets it do nothing', () => {
    expect(inline('<img> [a](http://x) `b` | *c* @you\nnext')).toBe(
      '\\<img\\> \\[a\\](http:\u200B//x) \\`b\\` \\| \\*c\\* @\u200Byou next',
    );
  });
});

describe('SARIF', () => {
  it('has a rule for each broken clause and a result for each failed check', () => {
    const [run] = (
      JSON.parse(sarif(result)) as {
        runs: { tool: { driver: { rules: { id: string }[] } }; results: object[] }[];
      }
    ).runs;
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual([
      'cancel.terminal-message',
      'retry.backoff-exponential',
    ]);
    expect(run?.results[0]).toMatchObject({
      ruleId: 'cancel.terminal-message',
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'scenarios/cancel.spec.ts' } } }],
    });
    expect(run?.results[1]).toMatchObject({ level: 'warning' });
  });
});

describe('CTRF', () => {
  it.each([1, 3])('has a failed test where no clause shows why the run fails: status %i', (status) => {
    const of = (failed: number): string =>
      ctrf({
        ...result,
        summary: { ...result.summary, failed },
        run: { ...result.run, gate: { status, failed: true, why: ['--strict: one was not decided.'] } },
      });
    const { results } = JSON.parse(of(0)) as {
      results: { summary: { failed: number }; tests: Record<string, unknown>[] };
    };
    expect(results.tests[0]).toMatchObject({
      name: `gate: exit status ${status}`,
      status: 'failed',
      message: '--strict: one was not decided.',
    });
    expect(of(1)).not.toContain('gate: exit status');
  });

  it('has a test for each check and drops none', () => {
    const { results } = JSON.parse(ctrf(result)) as {
      results: { summary: Record<string, number>; tests: { status: string }[] };
    };
    // Two checks of each clause; a clause of the organization service has none, and counts as one test.
    const without = clauses.filter(({ section }) => section === 'sdk').length;
    expect(results.tests).toHaveLength(2 * (clauses.length - without) + without);
    const { tests, passed = 0, failed = 0, skipped = 0, pending = 0, other = 0 } = results.summary;
    expect(passed + failed + skipped + pending + other).toBe(tests);
    expect(failed).toBe(1);
  });
});

describe('the badge', () => {
  it('follows the verdict', () => {
    expect(JSON.parse(badge(result))).toEqual({
      schemaVersion: 1,
      label: 'background operations',
      message: `1 of ${count('MUST')} broken`,
      color: 'red',
    });
    const { suite, target, run } = result;
    const nothing = deriveResult({ suite, target, run, checks: [] });
    expect(JSON.parse(badge(nothing))).toMatchObject({ message: 'incomplete', color: 'lightgrey' });
  });

  it.each([
    [{ only: ['cancel'] }, 'passed', 'partial: 2 of 2 hold'],
    [{ shard: '1/3' }, 'passed', 'partial: 2 of 2 hold'],
    [{}, 'known-deviation', '1 of 2 hold, 1 known'],
    [{}, 'inconclusive', '1 of 2 hold, 1 undecided'],
  ] as const)('is neutral for %j with one %s', (run, verdict, message) => {
    const clauses = result.clauses.filter(({ level }) => level === 'MUST').slice(0, 2);
    const judged = clauses.map(
      (clause, index) => ({ ...clause, verdict: index === 0 ? verdict : 'passed' }) as const,
    );
    const shown = badge({ ...result, run: { ...result.run, ...run }, clauses: judged });
    expect(JSON.parse(shown)).toMatchObject({ message, color: 'blue' });
  });

  it('is that of one profile where its name is given', () => {
    const musts = { held: 3, broken: 0, undecided: 0, untested: 0 };
    expect(JSON.parse(badge(result, { name: 'core', verdict: 'conformant', musts }))).toMatchObject({
      label: 'background operations: core',
      message: 'conformant, 3 of 3 hold',
      color: 'brightgreen',
    });
    const offered = badge(result, { name: 'core + events', verdict: 'not-offered', musts });
    expect(JSON.parse(offered)).toMatchObject({ message: 'not offered', color: 'lightgrey' });
  });
});
