import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../reports/result.ts';
import { readResult, ResultFormatError } from '../../reports/read-result.ts';
import { reportFiles } from '../../reports/write.ts';
import { UsageError } from '../terminal.ts';

/** The result file that a path means: itself, or the one in the directory. */
export async function resultFile(source: string): Promise<string> {
  const found = await stat(source).catch(() => undefined);
  if (found === undefined) throw new UsageError(`${source} does not exist.`);
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
    return readResult(await readFile(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof ResultFormatError) throw new UsageError(error.message);
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
