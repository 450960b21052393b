import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Config } from '../../harness/config.ts';
import type { Replay } from '../../harness/replay.ts';
import { maskKnown } from '../../harness/mask.ts';
import { registerSecretsOf } from '../../harness/secrets.ts';
import { disruptionsVariable } from '../../harness/disruptions.ts';
import { countVariable } from '../../harness/requests.ts';
import { exitStatus } from '../../reports/completeness.ts';
import { leftOutBy } from '../../reports/run-meta.ts';
import { reportFiles } from '../../reports/write.ts';
import { suiteIdentity } from '../package.ts';
import { writeFormats } from '../report/formats.ts';
import { runMeta } from '../run-meta.ts';
import { UnfinishedError, UsageError, type Terminal } from '../terminal.ts';
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
import { checkConfiguration, preflight } from './preflight.ts';
import { createProgress } from './progress.ts';
import { blobFolder, readResult, requireWritable } from './report-directory.ts';
import { blobName } from './shards.ts';
import { runPlaywright, type RunnerEnding } from './runner.ts';
import { checkSections, grepFor, grepForTitle, selectClauses, splitPatterns } from './selection.ts';
import { summaryLines } from './summary.ts';
import { removeStaleReport, requireOwnFolder } from './stale-report.ts';
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
  const previous = options.lastFailed === true ? await readResult(report) : undefined;
  const only = splitPatterns([...options.only, ...lastFailed(options, previous)]);
  checkSections(options.require);
  const replay = options.replay === undefined ? undefined : replayOf(options.replay);
  const selected = replay !== undefined ? [] : only.length === 0 ? undefined : selectClauses(only);
  const config = await configOf(options);
  registerSecretsOf(config);
  checkWorkers(config, options);
  const known = await knownDeviationsOf(config, options);
  if (options.plan === true) {
    const { showPlan } = await import('../plan/show.ts');
    return showPlan(config, options, only, selected, terminal);
  }
  reportFormats(options);
  const id = runIdOf(process.env);
  await checkConfiguration(config);
  const clear = (): Promise<void> => removeStaleReport(report);
  // Whoever asks for what failed may ask again when the target is there.
  const ready = options.lastFailed === true ? clear : undefined;
  if (ready === undefined) await clear();
  await preflight(config);
  await requireWritable(report);
  const proven = await provenClauses();
  const plan: Plan = {
    config,
    id,
    options,
    report,
    only,
    selected,
    replay,
    known,
    proven,
  };
  return withTarget(config, { id, report, ready }, terminal, async (reached) => {
    announce(plan, terminal);
    const running = run(plan, reached, terminal);
    begun();
    const ending = await running;
    return conclude(plan, ending, terminal);
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

/** Up to the runner it waits for nothing, so that no signal gets lost on the way. */
async function run(plan: Plan, reached: Config, terminal: Terminal): Promise<RunnerEnding> {
  const { config, id, options, report, only, selected, replay, known, proven } = plan;
  const scratch = mkdtempSync(path.join(tmpdir(), 'bgop-'));
  const live = process.stderr.isTTY && process.env['CI'] === undefined;
  const progress = createProgress({
    write: (text) => void process.stderr.write(maskKnown(text)),
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
  });
  try {
    return await runPlaywright({
      args: argumentsOf(plan),
      environment: {
        ...process.env,
        BGOP_CONFIG: JSON.stringify(reached),
        BGOP_RUN: JSON.stringify(meta),
        BGOP_RUN_ID: id,
        BGOP_REPORT_DIR: report,
        BGOP_OUTPUT_DIR: path.join(scratch, 'output'),
        [countVariable]: path.join(scratch, 'requests'),
        [disruptionsVariable]: path.join(scratch, 'disruptions'),
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
      onMessage: progress.take,
      onOutput: (line) => {
        terminal.err(line);
      },
    });
  } finally {
    progress.close();
    await rm(scratch, { recursive: true, force: true });
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

async function conclude(plan: Plan, ending: RunnerEnding, terminal: Terminal): Promise<number> {
  const { options, report, config } = plan;
  const result = await readResult(report);
  if (result === undefined) {
    throw new UnfinishedError(
      `the run ended without a result. ${ending.stopped ?? 'The lines above say what the runner told.'}`,
    );
  }
  if (plan.replay !== undefined && !result.clauses.some(({ checks }) => checks.length > 0)) {
    throw new UsageError(
      `no law of this version is called "${plan.replay.law}"; the token is from another one.`,
    );
  }
  await writeFormats(reportFormats(options), result, report);
  for (const line of summaryLines(result)) terminal.out(line);
  terminal.out('');
  terminal.out(`Report: ${path.relative('.', path.join(report, reportFiles.page))}`);
  terminal.out(`Again:  npx ${result.run.command ?? commandOf(options, config.properties.seed)}`);
  if (options.updateKnownDeviations === true) {
    const leftOut = leftOutBy(plan.selected);
    for (const line of await updateKnownDeviations(config.knownDeviations, result, { leftOut })) {
      terminal.out(line);
    }
  }
  // A stopped run is never called complete, whatever it had found by then.
  const ended = ending.stopped === undefined ? result.run : { incomplete: ending.stopped, ...result.run };
  return exitStatus({ ...result, run: ended }, options);
}
