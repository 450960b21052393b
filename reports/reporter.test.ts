import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FullConfig, FullResult, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { describe, expect, it } from 'vitest';
import { readResult } from './read-result.ts';
import ConformanceReporter from './reporter.ts';

/** As Playwright tells of a test that it skipped itself, which worker -1 never began. */
const skipped = (workerIndex: number) =>
  ({ status: 'skipped', workerIndex, attachments: [], annotations: [], errors: [] }) as unknown as TestResult;

const testOf = (id: string, results: readonly TestResult[]) =>
  ({
    id,
    title: id,
    location: { file: '/suite/scenarios/a.spec.ts', line: 1, column: 1 },
    annotations: [{ type: 'clause', description: 'monitor.ok' }],
    results,
    retries: 0,
  }) as unknown as TestCase;

/** What the report says of tests that Playwright skipped, and of one that it never told of. */
async function outcomesAfter(status: FullResult['status']): Promise<string[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'bgop reporter '));
  const reporter = new ConformanceReporter({ directory });
  const tests = [
    testOf('at work', [skipped(0)]),
    testOf('passed over', [skipped(-1)]),
    testOf('not reached', []),
  ];
  const config = { rootDir: '/suite', metadata: { bgop: {} }, shard: null } as unknown as FullConfig;
  reporter.onBegin(config, { allTests: () => tests } as unknown as Suite);
  for (const test of tests) for (const result of test.results) reporter.onTestEnd(test, result);
  await reporter.onEnd({ status, startTime: new Date(0), duration: 1 });
  const { clauses } = readResult(await readFile(path.join(directory, 'conformance.json'), 'utf8'));
  return clauses.flatMap(({ checks }) =>
    checks.map(({ title, outcome, reason }) => `${title}: ${outcome}, ${reason}`),
  );
}

describe('tests that Playwright skips', () => {
  it('were interrupted or not reached in a run that was stopped', async () => {
    expect(await outcomesAfter('interrupted')).toEqual([
      'at work: inconclusive, the run was interrupted during it',
      'passed over: not-tested, the run was stopped before this check',
      'not reached: not-tested, the run was stopped before this check',
    ]);
  });

  it('are faults of the suite in any other run', async () => {
    expect(await outcomesAfter('failed')).toEqual([
      'at work: error, the check did not run',
      'passed over: error, the check did not run',
      'not reached: error, the check did not run',
    ]);
  });
});
