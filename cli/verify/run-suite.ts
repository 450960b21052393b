import type { RunMeta } from '../../record/run-meta.ts';
import { scratchFiles, writeRunPlan } from '../../record/run-plan.ts';
import type { Config } from '../../harness/config.ts';
import { disruptionsNoted } from '../../harness/disruptions.ts';
import { requestsSent } from '../../harness/requests.ts';
import { runMeta } from '../run-meta.ts';
import { makeTemporary } from '../temporary.ts';
import type { Terminal } from '../terminal.ts';
import { commandOf } from './options.ts';
import type { VerifyRequest } from './parse-options.ts';
import { createProgress } from './progress.ts';
import { runPlaywright, type RunnerEnding } from './runner.ts';
import { grepFor, grepForTitle } from './selection.ts';
import { settle, type Settled } from './settle.ts';
import { LeftRows } from './tidy.ts';
import { ToldChecks } from './told-checks.ts';

type RunRequest = VerifyRequest & Required<Pick<RunMeta, 'proven' | 'caughtIn'>>;

/** A run of the suite that has ended, however it did. */
export interface SuiteEnded {
  readonly ending: RunnerEnding;
  /** Undefined where nothing was checked. */
  readonly settled: Settled | undefined;
  readonly left: LeftRows;
  readonly reached: Config;
}

/**
 * Runs the suite on a target that is reached. Up to the runner it waits for nothing, so that no signal gets
 * lost on the way.
 *
 * @param request what is wanted, with the deviations that each clause was seen to catch
 */
export async function runSuite(
  request: RunRequest,
  reached: Config,
  terminal: Terminal,
): Promise<SuiteEnded> {
  const { config, options, report, replay } = request;
  const scratch = makeTemporary('bgop-');
  const told = new ToldChecks();
  const left = new LeftRows();
  const shared = scratchFiles(scratch.path);
  const live = process.stderr.isTTY && process.env['CI'] === undefined;
  const progress = createProgress({
    write: (text) => void process.stderr.write(text),
    live,
    columns: process.stderr.columns,
  });
  const meta = metaOf(request);
  try {
    const ending = await runPlaywright({
      args: argumentsOf(request),
      environment: {
        ...process.env,
        ...writeRunPlan(scratch.path, {
          kind: 'verify',
          config: reached,
          meta,
          report,
          scratch: scratch.path,
          ...(replay === undefined ? {} : { replay }),
          ...(options.shard === undefined ? {} : { shard: options.shard }),
        }),
        // It would empty the folder of the part, whatever else is in it.
        ...(options.shard === undefined ? {} : { PWTEST_BLOB_DO_NOT_REMOVE: '1' }),
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
    const noted = {
      requests: requestsSent(shared.requests),
      disruptions: disruptionsNoted(shared.disruptions),
    };
    const settled = await settle({ report, meta, shard, ...noted }, ending, told);
    return { ending, settled, left, reached };
  } finally {
    progress.close();
    scratch.remove();
  }
}

function metaOf({ config, id, options, only, selected, known, proven, caughtIn }: RunRequest): RunMeta {
  return runMeta(config, {
    id,
    command: commandOf({ ...options, only }, config.properties.seed),
    ...(only.length === 0 ? {} : { only }),
    ...(selected === undefined ? {} : { selected }),
    evidence: options.evidence ?? false,
    proven,
    caughtIn,
    ...known,
    strictness: { strict: options.strict, require: options.require },
  });
}

function argumentsOf({ options, selected, replay }: RunRequest): string[] {
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
