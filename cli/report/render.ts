import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../reports/result.ts';
import { schemaVersion } from '../../reports/result.ts';
import { reportFiles, writeReport } from '../../reports/write.ts';
import { UsageError, type Terminal } from '../terminal.ts';

/** The options of `bgop report render`, as commander gives them. */
export interface RenderOptions {
  readonly report?: string;
}

/** `bgop report render`: page and JUnit file from a result file. */
export async function renderReport(
  source: string,
  options: RenderOptions,
  terminal: Terminal,
): Promise<number> {
  const file = await resultFile(source);
  const result = await loadResult(file);
  const directory = options.report ?? path.dirname(file);
  await writeReport(directory, result);
  terminal.out(`Report: ${path.join(directory, reportFiles.page)}`);
  return 0;
}

/** The result file that a path means: itself, or the one in the directory. */
export async function resultFile(source: string): Promise<string> {
  const found = await stat(source).catch(() => undefined);
  if (found === undefined) throw new UsageError(`${source} does not exist.`);
  return found.isDirectory() ? path.join(source, reportFiles.result) : source;
}

/**
 * Reads a result file.
 *
 * @throws UsageError when it is none, or of a format that this version does not know
 */
export async function loadResult(file: string): Promise<Result> {
  let value: Partial<Result> | null;
  try {
    value = JSON.parse(await readFile(file, 'utf8')) as Partial<Result> | null;
  } catch (error) {
    throw new UsageError(
      `${file} is no result file: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (value === null || typeof value !== 'object' || !Array.isArray(value.clauses)) {
    throw new UsageError(`${file} is no result file: it has no list of clauses.`);
  }
  if (typeof value.schemaVersion !== 'number' || value.schemaVersion > schemaVersion) {
    throw new UsageError(
      `${file} has format ${String(value.schemaVersion)}; this version knows up to ${schemaVersion}.`,
    );
  }
  return value as Result;
}
