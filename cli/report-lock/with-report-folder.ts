import { rmdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, creationProblem } from '../../harness/file-problem.ts';
import { UsageError } from '../terminal.ts';
import { FolderTaken, takeLock, type Lock } from './lock.ts';

/**
 * Does something with a report folder, which is made where it is missing and locked meanwhile. One that
 * was made and nothing was written to is removed again.
 *
 * @throws UsageError at once where nothing can be written there, or where somebody else is at work
 */
export async function withReportFolder<T>(directory: string, body: () => Promise<T>): Promise<T> {
  const made: string[] = [];
  const lock = await locked(directory, made);
  const letGo = (): void => {
    process.off('exit', letGo);
    lock.release();
    removeEmpty(made);
  };
  process.once('exit', letGo);
  try {
    return await body();
  } finally {
    letGo();
  }
}

async function locked(directory: string, made: string[]): Promise<Lock> {
  try {
    await makeFolder(path.resolve(directory), made);
    return takeLock(directory);
  } catch (error) {
    removeEmpty(made);
    if (error instanceof FolderTaken) throw new UsageError(error.message);
    throw unusable(directory, error);
  }
}

/** No report can be written to a folder. */
export function unusable(directory: string, error: unknown): UsageError {
  const why = isFile(directory) ? 'it is a file and not a folder' : creationProblem(directory, error);
  return new UsageError(
    `--report ${directory}: no report can be written there: ${why}. Name a folder that you may write to.`,
  );
}

function isFile(place: string): boolean {
  try {
    return !statSync(place).isDirectory();
  } catch {
    return false;
  }
}

/** Folder by folder: a recursive mkdir of Node never comes back where there can be none, as in /proc. */
async function makeFolder(directory: string, made: string[]): Promise<void> {
  const found = await stat(directory).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found?.isDirectory() === true) return;
  if (found !== undefined) throw new Error('it is a file and not a folder');
  if (path.dirname(directory) !== directory) await makeFolder(path.dirname(directory), made);
  try {
    await mkdir(directory);
    made.push(directory);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if ((await stat(directory).catch(() => undefined))?.isDirectory() !== true) throw error;
  }
}

/** The innermost first; one that is not empty stays, and those around it. */
function removeEmpty(made: string[]): void {
  for (const folder of made.reverse()) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}
