import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FullConfig, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { belongToVerify } from '../record/fixtures/run-plan.ts';
import { journalFile, parseJournal, readJournal } from './journal.ts';
import { resultOf } from './recorded-run.ts';
import ConformanceReporter from './reporter.ts';

let directory: string;
let leaveRun: () => void;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'bgop journal '));
  leaveRun = belongToVerify({ report: directory, meta: { seed: 7 } });
});

afterEach(() => {
  leaveRun();
  rmSync(directory, { recursive: true, force: true });
});

const testOf = (id: string): TestCase =>
  ({
    id,
    title: id,
    location: { file: '/suite/scenarios/a.spec.ts', line: 1, column: 1 },
    annotations: [{ type: 'clause', description: 'monitor.ok' }],
    results: [],
    retries: 0,
    timeout: 1_000,
  }) as unknown as TestCase;

const begins = { workerIndex: 0 } as TestResult;

function ends(told: object): TestResult {
  const body = Buffer.from(JSON.stringify(told));
  return {
    status: 'passed',
    workerIndex: 0,
    retry: 0,
    startTime: new Date(0),
    duration: 5,
    annotations: [],
    errors: [],
    attachments: [{ name: 'bgop-check', contentType: 'application/json', body }],
  } as unknown as TestResult;
}

/** A run of three checks: one failed, one is at work, one was not reached. */
function runCutShort(): ConformanceReporter {
  const reporter = new ConformanceReporter();
  const tests = [testOf('broken'), testOf('at work'), testOf('not reached')];
  const config = { rootDir: '/suite', metadata: {}, shard: null } as unknown as FullConfig;
  reporter.onBegin(config, { allTests: () => tests } as unknown as Suite);
  const [broken, atWork] = tests as [TestCase, TestCase];
  reporter.onTestBegin(broken, begins);
  reporter.onTestEnd(broken, ends({ outcome: 'failed', reason: 'expected a, got b', evidence: [] }));
  reporter.onTestBegin(atWork, begins);
  return reporter;
}

function outcomes(): string[] | undefined {
  const run = readJournal(directory);
  if (run === undefined) return undefined;
  const { clauses } = resultOf(run, { durationMs: 1, stopped: true });
  return clauses.flatMap(({ checks }) => checks.map(({ title, outcome }) => `${title}: ${outcome}`));
}

const whole = ['broken: failed', 'at work: inconclusive', 'not reached: not-tested'];

describe('the journal of a run', () => {
  it('has each result as soon as it falls', () => {
    runCutShort();
    expect(outcomes()).toEqual(whole);
    expect(readJournal(directory)?.meta).toEqual({ seed: 7 });
  });

  it('is gone once the report is written', async () => {
    await runCutShort().onEnd({ status: 'interrupted', startTime: new Date(0), duration: 1 });
    expect(readdirSync(directory).sort()).toEqual(['conformance.json', 'index.html', 'junit.xml']);
  });

  it('is read wherever it was cut off, up to its last whole line', () => {
    runCutShort();
    const text = readFileSync(path.join(directory, journalFile), 'utf8');
    const head = text.indexOf('\n');
    for (let length = 0; length < text.length; length += 13) {
      const run = parseJournal(text.slice(0, length));
      if (length < head) expect(run).toBeUndefined();
      else if (length > head) expect(run?.tests).toHaveLength(3);
    }
    expect(parseJournal(`${text}{"kind":"end","test":"at wo`)?.checks).toHaveLength(1);
  });

  it('is passed over where it cannot be written: the run goes on, and so does its report', async () => {
    leaveRun();
    leaveRun = belongToVerify({ report: path.join(directory, 'not', 'there', 'yet') });
    const reporter = runCutShort();
    await reporter.onEnd({ status: 'interrupted', startTime: new Date(0), duration: 1 });
    expect(readdirSync(path.join(directory, 'not', 'there', 'yet'))).toContain('conformance.json');
  });

  it('passes over lines from elsewhere that lack what is read of them', () => {
    const head = '{"kind":"run","version":1}';
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    for (const lines of [[head], [deep, '7', 'null', '[]'], ['{"kind":"end","test":"x","checks":7}', head]]) {
      expect(parseJournal(lines.join('\n'))).toBeUndefined();
    }
  });
});
