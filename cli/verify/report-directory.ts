import { access, constants, mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../reports/result.ts';
import { reportFiles } from '../../reports/write.ts';
import { UsageError } from '../terminal.ts';

/** Where the blob of a shard goes, below the report's directory. */
export const blobFolder = 'blob';

/** The log of a target that was started in a container, kept when the run was not all well. */
export const containerLogFile = 'container.log';

/**
 * Makes sure, before anything is run, that a report can be written.
 *
 * @throws UsageError that says what stands in the way
 */
export async function requireWritable(directory: string): Promise<void> {
  try {
    await makeFolder(directory);
    await access(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(directory, error);
  }
}

/** No report can be written to a folder. */
export function unusable(directory: string, error: unknown): UsageError {
  const why = error instanceof Error ? error.message : String(error);
  return new UsageError(
    `--report ${directory}: no report can be written there (${why}). Name a folder that you may write to.`,
  );
}

/** Folder by folder: a recursive mkdir of Node never comes back where there can be none, as in /proc. */
async function makeFolder(directory: string): Promise<void> {
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  if (found !== undefined) throw new Error('it is a file');
  await makeFolder(path.dirname(directory));
  await mkdir(directory);
}

/** The result in a report's directory; undefined when there is none that can be read. */
export async function readResult(directory: string): Promise<Result | undefined> {
  try {
    return JSON.parse(await readFile(path.join(directory, reportFiles.result), 'utf8')) as Result;
  } catch {
    return undefined;
  }
}
