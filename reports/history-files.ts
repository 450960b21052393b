import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { FileError, readText, replaceFile } from '../harness/files.ts';
import { historyEntry, type HistoryRun } from './history.ts';
import { readResult, ResultFormatError } from './read-result.ts';

/** The index beside the results; it holds nothing that could not be read from them again. */
const indexFile = '.bgop-history.json';

const indexVersion = 2;

interface Index {
  readonly version: typeof indexVersion;
  /** By file; size and time of change tell whether the entry still holds. */
  readonly files: Readonly<
    Record<string, { readonly size: number; readonly changed: number; readonly entry: HistoryRun | null }>
  >;
}

/** What was read from a folder. */
export interface HistoryFiles {
  readonly entries: readonly HistoryRun[];
  /** Files that look like JSON and are no result, each with why. */
  readonly skipped: readonly string[];
}

/**
 * Reads every result below a folder. What was read before comes from the index; a folder that cannot
 * be written to is read all the same, only slower.
 */
export async function readHistory(folder: string): Promise<HistoryFiles> {
  const known = await readIndex(folder);
  const files: Record<string, { size: number; changed: number; entry: HistoryRun | null }> = {};
  const skipped: string[] = [];
  for (const name of await resultFiles(folder)) {
    const found = await lstat(path.join(folder, name)).catch(() => undefined);
    if (found?.isFile() !== true) {
      skipped.push(`${name} is a link, or not a file.`);
      continue;
    }
    const { size, mtimeMs: changed } = found;
    const before = known.files[name];
    if (before?.size === size && before.changed === changed) {
      files[name] = before;
      continue;
    }
    const entry = await readEntry(folder, name, skipped);
    files[name] = { size, changed, entry };
  }
  await writeIndex(folder, { version: indexVersion, files });
  return { entries: Object.values(files).flatMap(({ entry }) => entry ?? []), skipped };
}

async function resultFiles(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true });
  return found
    .map((name) => name.split(path.sep).join('/'))
    .filter(
      (name) =>
        name.endsWith('.json') &&
        path.basename(name) !== indexFile &&
        !/(^|\/)(evidence|node_modules)\//.test(name),
    )
    .sort();
}

async function readEntry(folder: string, name: string, skipped: string[]): Promise<HistoryRun | null> {
  try {
    return historyEntry(name, readResult(await readText(path.join(folder, name), { links: false }), name));
  } catch (error) {
    if (!(error instanceof ResultFormatError || error instanceof FileError)) throw error;
    skipped.push(error.message);
    return null;
  }
}

async function readIndex(folder: string): Promise<Index> {
  try {
    const index = JSON.parse(await readText(path.join(folder, indexFile), { links: false })) as Index;
    if (index.version === indexVersion) return index;
  } catch {
    // No index, or a broken one: it is made again.
  }
  return { version: indexVersion, files: {} };
}

async function writeIndex(folder: string, index: Index): Promise<void> {
  try {
    await replaceFile(path.join(folder, indexFile), JSON.stringify(index));
  } catch {
    // It only saves time.
  }
}
