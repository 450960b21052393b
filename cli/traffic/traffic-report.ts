import path from 'node:path';
import type { Clause } from '../../contract/clause.ts';
import { clauses, sections } from '../../contract/clauses.ts';
import { clientClauses, clientSections } from '../../contract/client-clauses.ts';
import { replaceFile } from '../../harness/files.ts';
import type { Result } from '../../record/result.ts';
import { exitStatus } from '../../reports/gate.ts';
import { deriveResult } from '../../reports/verdict.ts';
import { reportFiles, writeReport } from '../../reports/write.ts';
import { checksOf } from '../../traffic/checks.ts';
import type { TrafficOutcome } from '../../traffic/judge-clients.ts';
import type { Traffic } from '../../traffic/traffic.ts';
import { suiteIdentity } from '../package.ts';
import type { Terminal } from '../terminal.ts';
import { requireOwnFolder } from '../verify/stale-report.ts';
import { withReportFolder } from '../report-lock/with-report-folder.ts';
import { operationsPage } from './operations-page.ts';

/** What a report on traffic is about. */
export interface TrafficReport {
  readonly directory: string;
  /** What was judged, by name and place. */
  readonly subject: { readonly name: string; readonly kind: 'traffic' | 'client'; readonly url: string };
  readonly traffic: Traffic;
  readonly outcomes: readonly TrafficOutcome[];
  /** Whether the target's clauses are judged as well. */
  readonly target: boolean;
  /** Why the record is not whole. */
  readonly incomplete?: string | undefined;
  /** What else fails the run. */
  readonly problems?: readonly string[];
  readonly durationMs: number;
  readonly seed?: number;
  readonly command: string;
}

/** The page beside the report that draws each operation. */
const operationsFile = 'operations.html';

/** Writes a report on a record, says what is in it, and gives the exit status. */
export async function reportTraffic(report: TrafficReport, terminal: Terminal): Promise<number> {
  const result = resultOfTraffic(report);
  const breaches = new Map<string, string[]>();
  for (const { clause, outcome, instances } of report.outcomes)
    for (const { operation, breach } of outcome === 'broken' ? instances : [])
      if (operation !== undefined && breach !== undefined)
        breaches.set(operation, [...(breaches.get(operation) ?? []), `${clause}: ${breach}`]);
  await withReportFolder(report.directory, async () => {
    await requireOwnFolder(report.directory);
    await writeReport(report.directory, result);
    await replaceFile(path.join(report.directory, operationsFile), operationsPage(report.traffic, breaches));
  });
  const gate = exitStatus(result);
  const { operations, exchanges } = report.traffic;
  terminal.out(`${counted(operations.length, 'background operation')} in ${counted(exchanges, 'exchange')}.`);
  for (const line of clauseLines(result)) terminal.out(line);
  for (const line of gate.why) terminal.out(line);
  terminal.out(`Report: ${path.join(report.directory, reportFiles.page)}, operations: ${operationsFile}`);
  return gate.status;
}

/** The result of judging a record; pure. */
function resultOfTraffic(report: TrafficReport): Result {
  const startedAt = new Date().toISOString();
  const catalogue: readonly Clause[] = report.target ? [...clientClauses, ...clauses] : clientClauses;
  const result = deriveResult({
    suite: suiteIdentity(),
    target: report.subject,
    run: {
      startedAt,
      durationMs: Math.round(report.durationMs),
      seed: report.seed ?? 0,
      runs: 0,
      command: report.command,
      ...(report.incomplete === undefined ? {} : { incomplete: report.incomplete }),
      ...(report.problems === undefined || report.problems.length === 0 ? {} : { problems: report.problems }),
    },
    checks: checksOf(report.outcomes, report.traffic.operations, startedAt),
    clauses: catalogue,
    sections: report.target ? [...clientSections, ...sections] : clientSections,
  });
  // Profiles are about what a target offers, which looking on does not tell.
  return { ...result, profiles: [] };
}

function clauseLines({ clauses: judged, summary }: Result): string[] {
  const marked = { failed: '✕', warned: '!' } as const;
  const broken = judged.filter(({ verdict }) => verdict === 'failed' || verdict === 'warned');
  return [
    `${summary.passed} clauses held, ${summary.failed} broken, ${summary.warned} broken that are recommended, ${summary.notTested} not shown by the record.`,
    ...broken.map(
      ({ id, verdict, reason }) => `  ${marked[verdict as keyof typeof marked]} ${id}: ${reason ?? ''}`,
    ),
  ];
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
