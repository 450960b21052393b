import type { Disruption } from '../../record/outcome.ts';
import { maskText } from '../../harness/mask.ts';
import { exitStatus } from '../../reports/gate.ts';
import { readJournal, removeJournal } from '../../reports/journal.ts';
import { resultOf, type RecordedRun } from '../../reports/recorded-run.ts';
import type { Result } from '../../record/result.ts';
import type { RunMeta } from '../../record/run-meta.ts';
import { writeReport } from '../../reports/write.ts';
import { resultIn } from './report-directory.ts';
import type { RunnerEnding } from './runner.ts';
import type { ToldChecks } from './told-checks.ts';

/** The run whose result is wanted. */
export interface RunToSettle {
  /** The folder of the report. */
  readonly report: string;
  readonly meta: RunMeta;
  readonly shard?: string | undefined;
  /** Requests that were sent, where they were counted. */
  readonly requests?: number | undefined;
  /** What disturbed it from outside. */
  readonly disruptions: readonly Disruption[];
}

/** The result of a run, and what kept its report from being written. */
export interface Settled {
  readonly result: Result;
  readonly problem?: string;
}

/**
 * The result of a run, however it ended: the report that the runner wrote; else one that is made of the
 * journal; else what the runner told, without a report.
 *
 * @returns undefined where nothing was checked
 */
export async function settle(
  { report, meta, shard, requests, disruptions }: RunToSettle,
  ending: RunnerEnding,
  told: ToldChecks,
): Promise<Settled | undefined> {
  const journaled = readJournal(report);
  if (journaled === undefined) {
    const result = await resultIn(report);
    if (result !== undefined) return withStop(result, { report, meta }, ending);
    if (told.empty) return undefined;
  }
  const stopped = told.status === undefined || told.status === 'interrupted' || told.status === 'timedout';
  const result = resultOf(journaled === undefined ? told.recorded(meta, shard) : told.completed(journaled), {
    durationMs: Date.now() - told.began,
    stopped,
    incomplete: stopped || ending.stopped !== undefined ? whyStopped(ending) : undefined,
    requests,
    disruptions,
  });
  const written = await write(result, { report, meta });
  if (written.problem === undefined) removeJournal(report);
  return written;
}

/** A stop that came when the runner had written its report already: a stopped run is never called complete. */
async function withStop(
  result: Result,
  place: Pick<RunToSettle, 'report' | 'meta'>,
  { stopped }: RunnerEnding,
): Promise<Settled> {
  if (stopped === undefined || result.run.incomplete !== undefined) return { result };
  const open: Result = { ...result, run: { ...result.run, incomplete: stopped } };
  const gate = exitStatus(open, place.meta.strictness);
  return write({ ...open, run: { ...open.run, gate } }, place);
}

async function write(
  result: Result,
  { report, meta }: Pick<RunToSettle, 'report' | 'meta'>,
): Promise<Settled> {
  try {
    return { result: await writeReport(report, result, { evidence: meta.evidence ?? false }) };
  } catch (error) {
    return { result, problem: maskText(error instanceof Error ? error.message : String(error)) };
  }
}

function whyStopped({ stopped, exit }: RunnerEnding): string {
  if (stopped !== undefined) return stopped;
  return `The runner ended before the run did (${exit}); the report is made of what it had journaled.`;
}

/** The result of a run that was killed, from its journal. */
export function resultOfKilled(run: RecordedRun, durationMs: number): Result {
  return resultOf(run, {
    durationMs,
    stopped: true,
    incomplete: 'The run was killed before it ended; this report is made of its journal.',
  });
}

/** The result of the run before, also of one that was killed; undefined where there is none. */
export async function previousResult(report: string): Promise<Result | undefined> {
  const result = await resultIn(report);
  if (result !== undefined) return result;
  const journaled = readJournal(report);
  return journaled === undefined ? undefined : resultOfKilled(journaled, 0);
}
