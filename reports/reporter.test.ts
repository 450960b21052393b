import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FullConfig, FullResult, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { describe, expect, it } from 'vitest';
import { belongToRun } from '../record/fixtures/run-plan.ts';
import type { RawCheck } from '../record/outcome.ts';
import { JournalWriter } from './journal.ts';
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

/** What the workers of a run tell, played to a reporter; the result that it writes. */
async function resultAfter(notices: readonly string[], written?: string) {
  const directory = written ?? (await mkdtemp(path.join(tmpdir(), 'bgop reporter ')));
  const reporter = new ConformanceReporter({ directory });
  const config = { rootDir: '/suite', metadata: { bgop: {} }, shard: null } as unknown as FullConfig;
  reporter.onBegin(config, { allTests: () => [] } as unknown as Suite);
  for (const notice of notices) reporter.onStdErr(`bgop-notice ${notice}\n`);
  await reporter.onEnd({ status: 'passed', startTime: new Date(0), duration: 1 });
  return readResult(await readFile(path.join(directory, 'conformance.json'), 'utf8'));
}

describe('parts of a run that are joined', () => {
  const disturbed = '{"kind":"disturbed","source":"gateway","message":"a gateway answered 502"}';

  it('tell together what disturbed the run from outside', async () => {
    const { run } = await resultAfter([disturbed, '{"kind":"patient","milliseconds":1}', disturbed]);
    expect(run.disruptions).toEqual([{ source: 'gateway', message: 'a gateway answered 502', times: 2 }]);
  });

  it('tell together how many requests were sent, unless no part tells', async () => {
    const told = [12, 30].map((sent) => JSON.stringify({ kind: 'requests', sent }));
    expect((await resultAfter(told)).run.requests).toBe(42);
    expect((await resultAfter([disturbed])).run.requests).toBeUndefined();
  });

  it('hold what a killed shard had journaled, with its disruptions, and say that it was killed', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'bgop killed '));
    const { id, title, location, annotations } = testOf('begun', []);
    const journal = new JournalWriter(directory);
    journal.begin({
      startedAt: new Date(0).toISOString(),
      root: '/suite',
      meta: {},
      shard: '2/3',
      tests: ['begun', 'ended', 'waiting'].map((one) => ({
        id: one,
        title: one === id ? title : one,
        location,
        annotations,
        timeout: 1,
      })),
    });
    journal.add({ kind: 'begin', test: 'begun' });
    journal.add({ kind: 'disturbed', source: 'network', message: 'the connection was reset' });
    journal.add({ kind: 'end', test: 'ended', checks: [failedCheck], requests: 5 });
    const report = await mkdtemp(path.join(tmpdir(), 'bgop reporter '));
    const strictness = { strict: true };
    const leaveRun = belongToRun(() => ({ kind: 'merge', report, strictness, killed: [directory] }));
    const { run, clauses } = await resultAfter([disturbed, '{"kind":"requests","sent":7}'], report).finally(
      leaveRun,
    );
    expect(run.requests).toBe(12);
    expect(run.incomplete).toContain('Shard 2/3 was killed before the end');
    expect(run.disruptions?.map(({ source }) => source).sort()).toEqual(['gateway', 'network']);
    const ok = clauses.find((clause) => clause.id === 'monitor.ok');
    expect(ok?.verdict).toBe('failed');
    expect(ok?.checks.map((check) => `${check.title}: ${check.outcome}`).sort()).toEqual([
      'begun: inconclusive',
      'ended: failed',
      'waiting: not-tested',
    ]);
  });
});

const failedCheck: RawCheck = {
  clause: 'monitor.ok',
  title: 'ended',
  file: 'scenarios/a.spec.ts',
  line: 1,
  outcome: 'failed',
  reason: 'expected 200, got 500',
  startedAt: new Date(0).toISOString(),
  durationMs: 1,
  evidence: [],
};

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
