import { loadConfig, parseConfig, type Config } from '../../harness/config.ts';
import { requireOutput } from '../../harness/files.ts';
import { readReplayToken, type Replay } from '../../harness/replay.ts';
import { isRunId, newRunId } from '../../harness/run-id.ts';
import type { Result } from '../../reports/result.ts';
import type { FormatName } from '../report/formats.ts';
import { UsageError } from '../terminal.ts';
import { knownDeviationsFor, type KnownDeviations } from './known-deviations.ts';
import type { VerifyOptions } from './options.ts';

// What the options of `bgop verify` ask for. What makes no sense is refused before anything is done.

/** The list of known deviations that a run takes; checked before anything is started. */
export async function knownDeviationsOf(
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

/** A pipeline may choose the id itself, so that it knows what to clean up after it has killed a run. */
export function runIdOf({ BGOP_RUN_ID: given }: NodeJS.ProcessEnv): string {
  if (given === undefined || given === '') return newRunId();
  if (isRunId(given)) return given;
  throw new UsageError('BGOP_RUN_ID in the environment: expected 1 to 40 letters, digits and inner hyphens.');
}

/** The case that a token names. */
export function replayOf(token: string): Replay {
  const replay = readReplayToken(token);
  if (replay === undefined)
    throw new UsageError(
      'this is not a replay token. A token begins with "bgop1."; copy it from the report, beside the counterexample.',
    );
  return replay;
}

/** The formats that are files of a report. */
export function reportFormats({ format }: VerifyOptions): FormatName[] {
  return format.map((name) => {
    if (name !== 'json') return name;
    throw new UsageError(
      '--format json is of --plan; the result of a run is conformance.json in its report.',
    );
  });
}

/** The configuration, with what the options say instead. */
export async function configOf(options: VerifyOptions): Promise<Config> {
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
export function lastFailed(
  { lastFailed: wanted, report }: VerifyOptions,
  previous: Result | undefined,
): string[] {
  if (wanted !== true) return [];
  if (previous === undefined) throw new UsageError(`--last-failed: there is no result in ${report}.`);
  const failed = previous.clauses.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
  if (failed.length === 0)
    throw new UsageError(`--last-failed: nothing failed in the last run in ${report}.`);
  return failed;
}

/** Refuses more workers than the target allows. */
export function checkWorkers({ target, listener }: Config, { workers = 1 }: VerifyOptions): void {
  if (workers === 1 || target.kind === 'simulator') return;
  if (target.clock.kind === 'virtual') {
    throw new UsageError('--workers: a virtual clock is one for the whole target, so it allows one worker.');
  }
  if (listener.publicUrl !== null) {
    throw new UsageError('--workers: a listener behind publicUrl has one port, so it allows one worker.');
  }
}
