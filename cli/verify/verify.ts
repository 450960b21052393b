import path from 'node:path';
import type { Config } from '../../harness/config.ts';
import { exitStatus } from '../../reports/gate.ts';
import { typed } from '../../reports/page/script/command.ts';
import type { Result } from '../../record/result.ts';
import { leftOutBy } from '../../reports/run-meta.ts';
import { reportFiles } from '../../reports/write.ts';
import { cleanupCommand } from '../cleanup/command.ts';
import { suiteIdentity } from '../package.ts';
import { writeFormats } from '../report/formats.ts';
import { withReportFolder } from '../report-lock/with-report-folder.ts';
import { exit, UnfinishedError, UsageError, type Terminal } from '../terminal.ts';
import { withTarget } from './container.ts';
import { commandOf, type VerifyOptions } from './options.ts';
import { parseOptions, type VerifyRequest } from './parse-options.ts';
import { caughtInByClause, provenClauses } from './proven.ts';
import { requireReady } from './readiness.ts';
import { runSuite, type SuiteEnded } from './run-suite.ts';
import { removeStaleReport } from './stale-report.ts';
import { summaryLines } from './summary.ts';
import { tidyTarget } from './tidy.ts';
import { updateKnownDeviations } from './update-known-deviations.ts';

/**
 * `bgop verify`: runs the suite against a target, writes the report, tells the verdict.
 *
 * @param begun is called once the run takes signals for itself
 * @returns the exit status: 0 holds, 1 broken, 3 not finished
 * @throws UsageError, ConfigError, UnfinishedError before a run begins
 */
export async function verify(options: VerifyOptions, terminal: Terminal, begun: () => void): Promise<number> {
  const request = await parseOptions(options);
  if (options.plan === true) {
    const { showPlan } = await import('../plan/show.ts');
    return showPlan(request, terminal);
  }
  return withReportFolder(request.report, () => verifyIn(request, terminal, begun));
}

async function verifyIn(request: VerifyRequest, terminal: Terminal, begun: () => void): Promise<number> {
  const { config, id, options, report } = request;
  const clear = (): Promise<void> => removeStaleReport(report);
  // Whoever asks for what failed may ask again when the target is there.
  const ready = options.lastFailed === true ? clear : undefined;
  if (ready === undefined) await clear();
  const look = (reached: Config): Promise<void> =>
    requireReady(reached, id, { waitMs: reached.timeouts.waitMs, tell: (line) => terminal.err(line) });
  await look(config);
  const run = { ...request, proven: await provenClauses(), caughtIn: await caughtInByClause() };
  return withTarget(config, { id, report, ready, look }, terminal, async (reached) => {
    announce(run, terminal);
    const running = runSuite(run, reached, terminal);
    begun();
    return conclude(run, await running, terminal);
  });
}

function announce({ config, id, only }: VerifyRequest, terminal: Terminal): void {
  const { version } = suiteIdentity();
  const { target, properties } = config;
  const place = target.kind === 'url' ? ` at ${target.url}` : '';
  terminal.err(
    `bgop ${version} · ${target.name} (${target.kind})${place} · ${target.clock.kind} clock · run ${id} · seed ${properties.seed}${only.length === 0 ? '' : ` · only ${only.join(', ')}`}`,
  );
}

async function conclude(request: VerifyRequest, ended: SuiteEnded, terminal: Terminal): Promise<number> {
  const { id, options } = request;
  try {
    return await tell(request, ended, terminal);
  } finally {
    // Only now: a target that does not let go costs no verdict.
    const { config, target } = options;
    const cleanup = typed(`${cleanupCommand({ config, target })} --run ${id}`);
    await tidyTarget(ended.reached, ended.left, cleanup, terminal);
  }
}

async function tell(
  request: VerifyRequest,
  { ending, settled }: SuiteEnded,
  terminal: Terminal,
): Promise<number> {
  const { options, report, config } = request;
  if (settled === undefined) {
    throw new UnfinishedError(
      ending.stopped === undefined
        ? `no report was written (${ending.exit}); see the error above.`
        : `no report was written (${ending.exit}): ${ending.stopped}`,
    );
  }
  const { result, problem } = settled;
  if (request.replay !== undefined && !result.clauses.some(({ checks }) => checks.length > 0)) {
    throw new UsageError(
      `this version has no property called "${request.replay.law}"; the token is from another version.`,
    );
  }
  const unwritten = problem ?? (await formatsProblem(request, result));
  const gate = exitStatus(result, options);
  for (const line of summaryLines(result, gate)) terminal.out(line);
  terminal.out('');
  if (unwritten === undefined)
    terminal.out(`Report: ${path.relative('.', path.join(report, reportFiles.page))}`);
  else terminal.err(`bgop: the report in ${report} is not whole: ${unwritten}`);
  terminal.out(`Again:  ${typed(result.run.command ?? commandOf(options, config.properties.seed))}`);
  if (options.updateKnownDeviations === true) {
    const leftOut = leftOutBy(request.selected);
    for (const line of await updateKnownDeviations(config.knownDeviations, result, { leftOut })) {
      terminal.out(line);
    }
  }
  return gate.status === exit.good && unwritten !== undefined ? exit.unfinished : gate.status;
}

async function formatsProblem(
  { formats, report }: VerifyRequest,
  result: Result,
): Promise<string | undefined> {
  try {
    await writeFormats(formats, result, report);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
