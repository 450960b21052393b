import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { historyEntry, type HistoryEntry } from './history.ts';
import { readResult, ResultFormatError } from './read-result.ts';

/** The index beside the results; it holds nothing that could not be read from them again. */
export const indexFile = '.bgop-history.json';

const indexVersion = 1;

interface Index {
  readonly version: typeof indexVersion;
  /** By file; size and time of change tell whether the entry still holds. */
  readonly files: Readonly<
    Record<string, { readonly size: number; readonly changed: number; readonly entry: HistoryEntry | null }>
  >;
}

/** What was read from a folder. */
export interface HistoryFiles {
  readonly entries: readonly HistoryEntry[];
  /** Files that look like JSON and are no result, each with why. */
  readonly skipped: readonly string[];
}

/**
 * Reads every result below a folder. What was read before comes from the index; a folder that cannot
 * be written to is read all the same, only slower.
 */
export async function readHistory(folder: string): Promise<HistoryFiles> {
  const known = await readIndex(folder);
  const files: Record<string, { size: number; changed: number; entry: HistoryEntry | null }> = {};
  const skipped: string[] = [];
  for (const name of await resultFiles(folder)) {
    const { size, mtimeMs: changed } = await stat(path.join(folder, name));
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

async function readEntry(folder: string, name: string, skipped: string[]): Promise<HistoryEntry | null> {
  try {
    return historyEntry(name, readResult(await readFile(path.join(folder, name), 'utf8'), name));
  } catch (error) {
    if (!(error instanceof ResultFormatError)) throw error;
    skipped.push(error.message);
    return null;
  }
}

async function readIndex(folder: string): Promise<Index> {
  try {
    const index = JSON.parse(await readFile(path.join(folder, indexFile), 'utf8')) as Index;
    if (index.version === indexVersion) return index;
  } catch {
    // No index, or a broken one: it is made again.
  }
  return { version: indexVersion, files: {} };
}

async function writeIndex(folder: string, index: Index): Promise<void> {
  try {
    await writeFile(path.join(folder, indexFile), JSON.stringify(index));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') throw error;
  }
}
