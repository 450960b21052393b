import path from 'node:path';
import type { Replay } from '../../record/run-plan.ts';
import { loadConfig, parseConfig, type Config } from '../../harness/config.ts';
import { requireOutput } from '../../harness/files.ts';
import { readReplayToken } from '../../harness/replay.ts';
import { registerSecretsOf } from '../../harness/secrets.ts';
import type { Result } from '../../record/result.ts';
import type { FormatName } from '../report/formats.ts';
import { UsageError } from '../terminal.ts';
import { knownDeviationsFor, type KnownDeviations } from './known-deviations.ts';
import type { VerifyOptions } from './options.ts';
import { checkConfiguration } from './preflight.ts';
import { runIdOf } from './run-id-of.ts';
import { checkContradiction, checkRequired } from './required.ts';
import { selectClauses, splitPatterns } from './selection.ts';
import { previousResult } from './settle.ts';

/** What the options of `bgop verify` ask for, all of it checked. */
export interface VerifyRequest {
  readonly options: VerifyOptions;
  readonly config: Config;
  /** What the run marks everything with that it makes in the target. */
  readonly id: string;
  /** The folder of the report, absolute. */
  readonly report: string;
  /** What else is written beside the report. */
  readonly formats: readonly FormatName[];
  readonly only: readonly string[];
  /** Ids; everything when absent. */
  readonly selected: readonly string[] | undefined;
  /** The one case of one law that is wanted. */
  readonly replay: Replay | undefined;
  readonly known: KnownDeviations;
}

/**
 * Parses the options of `bgop verify`, the only place that does. What makes no sense is refused before
 * anything is done; whose the folder of the report is shows once it is locked, see `stale-report.ts`.
 *
 * @throws UsageError, ConfigError
 */
export async function parseOptions(
  options: VerifyOptions,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<VerifyRequest> {
  const report = path.resolve(options.report);
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
  const formats = options.plan === true ? planFormats(options) : reportFormats(options);
  const id = runIdOf(environment);
  // A plan contacts nobody, so that it needs no secret.
  if (options.plan !== true) await checkConfiguration(config, environment);
  return { options, config, id, report, formats, only, selected, replay, known };
}

/** The list of known deviations that a run takes; checked before anything is started. */
async function knownDeviationsOf(
  { knownDeviations: file }: Config,
  { updateKnownDeviations: update = false }: VerifyOptions,
): Promise<KnownDeviations> {
  if (update && file === null) {
    throw new UsageError('--update-known-deviations: say which file with --known-deviations FILE.');
  }
  const known = await knownDeviationsFor(file, update);
  // Known before the run, not after it.
  if (update && file !== null) await requireOutput(file);
  return known;
}

/** The case that a token names. */
function replayOf(token: string): Replay {
  const replay = readReplayToken(token);
  if (replay === undefined)
    throw new UsageError(
      'this is not a replay token. A token begins with "bgop1."; copy it from the report, beside the counterexample.',
    );
  return replay;
}

/** A plan is no report, so none of its formats. */
function planFormats({ format, shard }: VerifyOptions): FormatName[] {
  const other = format.find((name) => name !== 'json');
  if (other !== undefined) {
    throw new UsageError(`--format ${other} is of a report; a plan is a table, or JSON with --format json.`);
  }
  if (shard !== undefined) throw new UsageError('--plan is of the whole run: leave --shard out.');
  return [];
}

/** The formats that are files of a report. */
function reportFormats({ format }: VerifyOptions): FormatName[] {
  return format.map((name) => {
    if (name !== 'json') return name;
    throw new UsageError(
      '--format json is of --plan; the result of a run is conformance.json in its report.',
    );
  });
}

/** The configuration, with what the options say instead. */
async function configOf(options: VerifyOptions): Promise<Config> {
  const { config: file, target, seed, runs, slow, knownDeviations, maxRequests, wait } = options;
  const config = await loadConfig({
    ...(file === undefined ? {} : { file }),
    ...(target === undefined ? {} : { target }),
    // All shards of a run must search the same cases, though each is started on its own.
    ...(options.shard === undefined ? {} : { fallbackSeed: 1 }),
    overrides: {
      ...(seed === undefined ? {} : { seed }),
      ...(runs === undefined ? {} : { runs }),
      ...(slow === undefined ? {} : { slow }),
      ...(knownDeviations === undefined ? {} : { knownDeviations }),
      ...(maxRequests === undefined ? {} : { maxRequests }),
      ...(wait === undefined ? {} : { waitMs: wait * 1_000 }),
    },
  });
  if (options.deviate.length === 0) return config;
  if (config.target.kind !== 'simulator') {
    throw new UsageError('--deviate is for the embedded simulator only; give it to `bgop simulate` instead.');
  }
  return parseConfig({ ...config, target: { ...config.target, deviations: options.deviate } });
}

/** The ids that `--last-failed` selects; none without it. */
function lastFailed({ lastFailed: wanted, report }: VerifyOptions, previous: Result | undefined): string[] {
  if (wanted !== true) return [];
  if (previous === undefined) throw new UsageError(`--last-failed: there is no result in ${report}.`);
  const failed = previous.clauses.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
  if (failed.length === 0)
    throw new UsageError(`--last-failed: nothing failed in the last run in ${report}.`);
  return failed;
}

/** Refuses more workers than the target allows. */
function checkWorkers({ target, listener }: Config, { workers = 1 }: VerifyOptions): void {
  if (workers === 1 || target.kind === 'simulator') return;
  if (target.clock.kind === 'virtual') {
    throw new UsageError('--workers: a virtual clock is one for the whole target, so it allows one worker.');
  }
  if (listener.publicUrl !== null) {
    throw new UsageError('--workers: a listener behind publicUrl has one port, so it allows one worker.');
  }
}
