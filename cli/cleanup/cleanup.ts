import { loadConfig } from '../../harness/config.ts';
import { ContainerError } from '../../harness/container-engine.ts';
import { isRunId } from '../../harness/run-id.ts';
import { TransportError } from '../../harness/verdict.ts';
import { exit, UnfinishedError, UsageError, type Terminal } from '../terminal.ts';
import { cleanupCommand } from './command.ts';
import { openPlace } from './place.ts';
import { cleanupLines, type Cleanup } from './text.ts';

/** The options of `bgop cleanup`, as commander gives them. */
export interface CleanupOptions {
  readonly config?: string;
  readonly target?: string;
  readonly run?: string;
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly format: 'table' | 'json';
}

/**
 * `bgop cleanup`: takes away what a killed run left in a target, or on a container engine. Without `run` or `all` it only looks,
 * because what it finds may belong to a run that is at work.
 *
 * @returns the exit status: 0 done, 1 something could not be listed or removed
 * @throws UsageError, ConfigError, UnfinishedError
 */
export async function cleanup(options: CleanupOptions, terminal: Terminal): Promise<number> {
  const { config: file, target, run, all = false, dryRun = false, format } = options;
  if (run !== undefined && all) throw new UsageError('--run and --all exclude each other: give one of them.');
  if (run !== undefined && !isRunId(run)) {
    throw new UsageError(
      `"${run}" is not the id of a run. bgop verify prints it when it starts: "run 1a2b3c4d".`,
    );
  }
  const config = await loadConfig({
    ...(file === undefined ? {} : { file }),
    ...(target === undefined ? {} : { target }),
  });
  const place = await openPlace(config);
  try {
    const search = await place.find(run);
    const looks = dryRun || (run === undefined && !all);
    const removals = looks ? undefined : await place.remove(search.found);
    const done: Cleanup = {
      ...search,
      command: cleanupCommand(options),
      ...(run === undefined ? {} : { run }),
      ...(removals === undefined ? {} : { removals }),
    };
    if (format === 'json') terminal.document(JSON.stringify(asJson(done), null, 2));
    else for (const line of cleanupLines(done)) terminal.out(line);
    const failed = removals?.some(({ outcome }) => outcome === 'refused') === true;
    return failed || search.refused.length > 0 ? exit.broken : exit.good;
  } catch (error) {
    if (error instanceof TransportError || error instanceof ContainerError)
      throw new UnfinishedError(`the cleanup was not finished: ${error.message}`);
    throw error;
  } finally {
    await place.close();
  }
}

function asJson({ found, removals, unseen, refused, run }: Cleanup): unknown {
  return {
    schemaVersion: 1,
    ...(run === undefined ? {} : { run }),
    removed: removals !== undefined,
    leftovers: removals ?? found.map((one) => ({ ...one, outcome: 'left' })),
    notLookedAt: [...unseen, ...refused],
  };
}
