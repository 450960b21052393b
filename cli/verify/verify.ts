import path from 'node:path';
import type { Config } from '../../harness/config.ts';
import type { Replay } from '../../harness/replay.ts';
import { registerSecretsOf } from '../../harness/secrets.ts';
import { disruptionsNoted, disruptionsVariable } from '../../harness/disruptions.ts';
import { countVariable, requestsSent } from '../../harness/requests.ts';
import { exitStatus } from '../../reports/gate.ts';
import type { Result } from '../../reports/result.ts';
import { leftOutBy } from '../../reports/run-meta.ts';
import { reportFiles } from '../../reports/write.ts';
import { cleanupCommand } from '../cleanup/command.ts';
import { typed } from '../../reports/page/script/command.ts';
import { suiteIdentity } from '../package.ts';
import { writeFormats } from '../report/formats.ts';
import { withReportFolder } from '../report-lock/with-report-folder.ts';
import { runMeta } from '../run-meta.ts';
import { makeTemporary } from '../temporary.ts';
import { exit, UnfinishedError, UsageError, type Terminal } from '../terminal.ts';
import {
  checkWorkers,
  configOf,
  knownDeviationsOf,
  lastFailed,
  replayOf,
  reportFormats,
  runIdOf,
} from './asked.ts';
import { withTarget } from './container.ts';
import type { KnownDeviations } from './known-deviations.ts';
import { commandOf, type VerifyOptions } from './options.ts';
import { checkConfiguration } from './preflight.ts';
import { createProgress } from './progress.ts';
import { blobFolder } from './report-directory.ts';
import { blobName } from './shards.ts';
import { runPlaywright, type RunnerEnding } from './runner.ts';
import { requireReady } from './readiness.ts';
import { checkContradiction, checkRequired } from './required.ts';
import { grepFor, grepForTitle, selectClauses, splitPatterns } from './selection.ts';
import { previousResult, settle, type Settled } from './settle.ts';
import { summaryLines } from './summary.ts';
import { removeStaleReport, requireOwnFolder } from './stale-report.ts';
import { LeftRows, tidyTarget } from './tidy.ts';
import { ToldChecks } from './told-checks.ts';
import { updateKnownDeviations } from './update-known-deviations.ts';
import { provenClauses } from './proven.ts';

/** A run, ready to begin. */
interface Plan {
  readonly config: Config;
  /** What the run marks everything with that it makes in the target. */
  readonly id: string;
  readonly options: VerifyOptions;
  /** Absolute. */
  readonly report: string;
  readonly only: readonly string[];
  /** Ids; everything when absent. */
  readonly selected: readonly string[] | undefined;
  /** The one case of one law that is wanted. */
  readonly replay: Replay | undefined;
  readonly known: KnownDeviations;
  readonly proven: Readonly<Record<string, readonly string[]>>;
}

/**
 * `bgop verify`: runs the suite against a target, writes the report, tells the verdict.
 *
 * @param begun is called once the run takes signals for itself
 * @returns the exit status: 0 holds, 1 broken, 3 not finished
 * @throws UsageError, ConfigError, UnfinishedError before a run begins
 */
export async function verify(options: VerifyOptions, terminal: Terminal, begun: () => void): Promise<number> {
  const report = path.resolve(options.report);
  if (options.plan !== true) await requireOwnFolder(report);
  const previous = options.lastFailed === true ? await previousResult(report) : undefined;
  const only = splitPatterns([...options.only, ...lastFailed(options, previous)]);
  checkRequired(options.require);
  const replay = options.replay === undefined ? undefined : replayOf(options.replay);
  const selected = replay !== undefined ? [] : only.length === 0 ? undefined : selectClauses(only);
  checkContradiction(selected, options);
  const config = await configOf(options);
  registerSecretsOf(config);
  checkWorkers(config, options);
  const known = await knownDeviationsOf(config, options);
  if (options.plan === true) {
    const { showPlan } = await import('../plan/show.ts');
    return showPlan(config, options, only, selected, terminal);
  }
  reportFormats(options);
  const prepared = { config, id: runIdOf(process.env), options, report, only, selected, replay, known };
  return withReportFolder(report, () => verifyIn(prepared, terminal, begun));
}

async function verifyIn(
  prepared: Omit<Plan, 'proven'>,
  terminal: Terminal,
  begun: () => void,
): Promise<number> {
  const { config, id, options, report } = prepared;
  await checkConfiguration(config);
  const clear = (): Promise<void> => removeStaleReport(report);
  // Whoever asks for what failed may ask again when the target is there.
  const ready = options.lastFailed === true ? clear : undefined;
  if (ready === undefined) await clear();
  const look = (reached: Config): Promise<void> =>
    requireReady(reached, id, { waitMs: reached.timeouts.waitMs, tell: (line) => terminal.err(line) });
  await look(config);
  const plan: Plan = { ...prepared, proven: await provenClauses() };
  return withTarget(config, { id, report, ready, look }, terminal, async (reached) => {
    announce(plan, terminal);
    const running = run(plan, reached, terminal);
    begun();
    return conclude(plan, await running, terminal);
  });
}

function announce({ config, id, only }: Plan, terminal: Terminal): void {
  const { version } = suiteIdentity();
  const { target, properties } = config;
  const place = target.kind === 'url' ? ` at ${target.url}` : '';
  terminal.err(
    `bgop ${version} · ${target.name} (${target.kind})${place} · ${target.clock.kind} clock · run ${id} · seed ${properties.seed}${only.length === 0 ? '' : ` · only ${only.join(', ')}`}`,
  );
}

/** A run that has ended, however it did. */
interface RunEnded {
  readonly ending: RunnerEnding;
  /** Undefined where nothing was checked. */
  readonly settled: Settled | undefined;
  readonly left: LeftRows;
  readonly reached: Config;
}

/** Up to the runner it waits for nothing, so that no signal gets lost on the way. */
async function run(plan: Plan, reached: Config, terminal: Terminal): Promise<RunEnded> {
  const { config, id, options, report, only, selected, replay, known, proven } = plan;
  const scratch = makeTemporary('bgop-');
  const told = new ToldChecks();
  const left = new LeftRows();
  const counted = {
    [countVariable]: path.join(scratch.path, 'requests'),
    [disruptionsVariable]: path.join(scratch.path, 'disruptions'),
  };
  const live = process.stderr.isTTY && process.env['CI'] === undefined;
  const progress = createProgress({
    write: (text) => void process.stderr.write(text),
    live,
    columns: process.stderr.columns,
  });
  const meta = runMeta(config, {
    id,
    command: commandOf({ ...options, only }, config.properties.seed),
    ...(only.length === 0 ? {} : { only }),
    ...(selected === undefined ? {} : { selected }),
    evidence: options.evidence ?? false,
    proven,
    ...known,
    strictness: { strict: options.strict, require: options.require },
  });
  try {
    const ending = await runPlaywright({
      args: argumentsOf(plan),
      environment: {
        ...process.env,
        BGOP_CONFIG: JSON.stringify(reached),
        BGOP_RUN: JSON.stringify(meta),
        BGOP_RUN_ID: id,
        BGOP_REPORT_DIR: report,
        BGOP_SCRATCH: scratch.path,
        BGOP_OUTPUT_DIR: path.join(scratch.path, 'output'),
        ...counted,
        BGOP_VERIFY: '1',
        ...(replay === undefined ? {} : { BGOP_REPLAY: JSON.stringify(replay) }),
        ...(options.shard === undefined
          ? {}
          : {
              BGOP_BLOB_DIR: path.join(report, blobFolder),
              BGOP_BLOB_NAME: blobName(options.shard),
              // It would empty that folder, whatever else is in it.
              PWTEST_BLOB_DO_NOT_REMOVE: '1',
            }),
      },
      progressMs: config.timeouts.progressMs,
      onMessage: (message) => {
        told.take(message);
        left.take(message);
        progress.take(message);
      },
      onOutput: (line) => {
        terminal.err(line);
      },
    });
    progress.close();
    const shard = options.shard === undefined ? undefined : `${options.shard.number}/${options.shard.of}`;
    const noted = { requests: requestsSent(counted), disruptions: disruptionsNoted(counted) };
    const settled = await settle({ report, meta, shard, ...noted }, ending, told);
    return { ending, settled, left, reached };
  } finally {
    progress.close();
    scratch.remove();
  }
}

function argumentsOf({ options, selected, replay }: Plan): string[] {
  const { shard, workers } = options;
  return [
    // A clause whose check does not exist yet must end in the report, not as "no tests found".
    '--pass-with-no-tests',
    ...(replay === undefined ? [] : [`--grep=${grepForTitle(replay.law)}`]),
    ...(selected === undefined || replay !== undefined ? [] : [`--grep=${grepFor(selected)}`]),
    ...(shard === undefined ? [] : [`--shard=${shard.number}/${shard.of}`]),
    ...(workers === undefined ? [] : [`--workers=${workers}`]),
  ];
}

async function conclude(plan: Plan, ended: RunEnded, terminal: Terminal): Promise<number> {
  const { id, options } = plan;
  try {
    return await tell(plan, ended, terminal);
  } finally {
    // Only now: a target that does not let go costs no verdict.
    const { config, target } = options;
    const cleanup = typed(`${cleanupCommand({ config, target })} --run ${id}`);
    await tidyTarget(ended.reached, ended.left, cleanup, terminal);
  }
}

async function tell(plan: Plan, { ending, settled }: RunEnded, terminal: Terminal): Promise<number> {
  const { options, report, config } = plan;
  if (settled === undefined) {
    throw new UnfinishedError(
      ending.stopped === undefined
        ? `no report was written (${ending.exit}); see the error above.`
        : `no report was written (${ending.exit}): ${ending.stopped}`,
    );
  }
  const { result, problem } = settled;
  if (plan.replay !== undefined && !result.clauses.some(({ checks }) => checks.length > 0)) {
    throw new UsageError(
      `this version has no property called "${plan.replay.law}"; the token is from another version.`,
    );
  }
  const unwritten = problem ?? (await formatsProblem(options, result, report));
  // A stopped run is never called complete, whatever it had found by then.
  const run = ending.stopped === undefined ? result.run : { incomplete: ending.stopped, ...result.run };
  const gate = exitStatus({ ...result, run }, options);
  for (const line of summaryLines({ ...result, run }, gate)) terminal.out(line);
  terminal.out('');
  if (unwritten === undefined)
    terminal.out(`Report: ${path.relative('.', path.join(report, reportFiles.page))}`);
  else terminal.err(`bgop: the report in ${report} is not whole: ${unwritten}`);
  terminal.out(`Again:  ${typed(result.run.command ?? commandOf(options, config.properties.seed))}`);
  if (options.updateKnownDeviations === true) {
    const leftOut = leftOutBy(plan.selected);
    for (const line of await updateKnownDeviations(config.knownDeviations, result, { leftOut })) {
      terminal.out(line);
    }
  }
  return gate.status === exit.good && unwritten !== undefined ? exit.unfinished : gate.status;
}

async function formatsProblem(
  options: VerifyOptions,
  result: Result,
  report: string,
): Promise<string | undefined> {
  try {
    await writeFormats(reportFormats(options), result, report);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
