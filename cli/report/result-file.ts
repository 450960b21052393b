import { stat } from 'node:fs/promises';
import path from 'node:path';
import { FileError, readText } from '../../harness/files.ts';
import { journalFile } from '../../reports/journal.ts';
import type { Result } from '../../record/result.ts';
import { readResult, ResultFormatError } from '../../reports/read-result.ts';
import { reportFiles } from '../../reports/write.ts';
import { UsageError } from '../terminal.ts';

/** The result file that a path means: itself, or the one in the directory. */
export async function resultFile(source: string): Promise<string> {
  const found = await stat(source).catch(() => undefined);
  if (found === undefined) throw new UsageError(`${source} does not exist, or cannot be looked at.`);
  return found.isDirectory() ? path.join(source, reportFiles.result) : source;
}

/**
 * Reads a result file, or that of a directory.
 *
 * @throws UsageError when it is none, or of a format that this version does not know
 */
export async function loadResult(source: string): Promise<Result> {
  const file = await resultFile(source);
  try {
    return readResult(await readText(file), file);
  } catch (error) {
    if (error instanceof ResultFormatError) throw new UsageError(error.message);
    if (error instanceof FileError && (await wasKilled(source)))
      throw new UsageError(
        `${source} has no result: its run was killed, or is at work. Make its report: bgop report recover ${source}`,
      );
    if (error instanceof FileError) throw new UsageError(error.message);
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function wasKilled(source: string): Promise<boolean> {
  return (await stat(path.join(source, journalFile)).catch(() => undefined)) !== undefined;
}
