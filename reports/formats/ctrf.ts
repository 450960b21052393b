import { hiddenFailure } from '../gate.ts';
import type { CheckResult, ClauseResult, Result } from '../../record/result.ts';

type Status = 'passed' | 'failed' | 'skipped' | 'other';

interface CtrfTest {
  readonly name: string;
  readonly status: Status;
  readonly duration: number;
  readonly suite: readonly string[];
  readonly rawStatus: string;
  readonly message?: string;
  readonly filePath?: string;
  readonly line?: number;
  readonly tags: readonly string[];
}

/**
 * The result in the Common Test Report Format: a test for each check, and one for each clause without a check.
 * A further one fails where the run does although no clause shows it.
 */
export function ctrf(result: Result): string {
  const tests = [
    ...gateTest(result),
    ...result.clauses.flatMap((clause) =>
      clause.checks.length === 0 ? [untested(clause)] : clause.checks.map((check) => test(clause, check)),
    ),
  ];
  const number = (status: Status): number => tests.filter((one) => one.status === status).length;
  const start = Date.parse(result.run.startedAt);
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    results: {
      tool: { name: result.suite.name, version: result.suite.version },
      summary: {
        tests: tests.length,
        passed: number('passed'),
        failed: number('failed'),
        pending: 0,
        skipped: number('skipped'),
        other: number('other'),
        start,
        stop: start + result.run.durationMs,
      },
      tests,
      environment: { testEnvironment: result.target.name },
    },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function gateTest(result: Result): CtrfTest[] {
  const gate = hiddenFailure(result);
  if (gate === undefined) return [];
  const name = `gate: exit status ${gate.status}`;
  const message = gate.why.join('\n');
  return [
    { name, status: 'failed', duration: 0, suite: ['gate'], rawStatus: 'failed', message, tags: ['gate'] },
  ];
}

function test(clause: ClauseResult, check: CheckResult): CtrfTest {
  return {
    name: `${clause.id}: ${check.title}${check.branch === undefined ? '' : ` (${check.branch})`}`,
    status: statusOf(clause, check),
    duration: check.durationMs,
    suite: [clause.section, clause.id],
    rawStatus: check.outcome,
    ...(check.reason === undefined ? {} : { message: check.reason }),
    filePath: check.file,
    ...(check.line === undefined ? {} : { line: check.line }),
    tags: [clause.level, clause.basis, clause.verdict],
  };
}

function untested(clause: ClauseResult): CtrfTest {
  return {
    name: `${clause.id}: ${clause.duty}`,
    status: 'skipped',
    duration: 0,
    suite: [clause.section, clause.id],
    rawStatus: clause.verdict,
    ...(clause.reason === undefined ? {} : { message: clause.reason }),
    tags: [clause.level, clause.basis, clause.verdict],
  };
}

/** Only a broken MUST that nobody has listed counts as failed; a warning must not turn a build red. */
function statusOf({ verdict }: ClauseResult, { outcome }: CheckResult): Status {
  if (outcome === 'failed') return verdict === 'failed' ? 'failed' : 'other';
  if (outcome === 'not-tested') return 'skipped';
  return outcome === 'passed' ? 'passed' : 'other';
}
