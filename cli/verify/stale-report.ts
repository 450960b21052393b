import { lstat, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../../harness/file-problem.ts';
import { journalFile, readJournal } from '../../reports/journal.ts';
import { isEvidenceName } from '../../reports/place-evidence.ts';
import { isReportPage } from '../../reports/render.ts';
import { reportFiles } from '../../reports/write.ts';
import { suiteIdentity } from '../package.ts';
import { formatFiles } from '../report/formats.ts';
import { UsageError } from '../terminal.ts';
import { unusable } from '../report-lock/with-report-folder.ts';
import { blobFolder, containerLogFile } from './report-directory.ts';
import { isBlobName } from './shards.ts';

const { result, page, junit, evidence } = reportFiles;

/**
 * Makes sure that a report would not take the place of files that are not of a report. A run that was
 * killed leaves evidence first, then the page, and the result last, so that each of these is known by itself.
 *
 * @throws UsageError that names the first such file
 */
export async function requireOwnFolder(directory: string): Promise<void> {
  const foreign = await foreignFile(directory).catch((error: unknown) => {
    throw unusable(directory, error);
  });
  if (foreign === undefined) return;
  throw new UsageError(
    `--report ${directory}: ${foreign} there is not of a report of this suite and would be lost. Name another folder.`,
  );
}

async function foreignFile(directory: string): Promise<string | undefined> {
  if (await isLink(path.join(directory, evidence))) return `${evidence} (a link)`;
  const told = await textOf(directory, result);
  if (told !== undefined && isOurResult(told)) return undefined;
  const shown = await textOf(directory, page);
  const ours = (shown !== undefined && isReportPage(shown)) || readJournal(directory) !== undefined;
  const inEvidence = (await namesIn(directory, evidence)).filter((name) => !isEvidenceName(name));
  const beside = ours ? [] : (await namesIn(directory, '.')).filter(isOtherFormat);
  return [
    ...(told === undefined ? [] : [result]),
    ...(shown === undefined || isReportPage(shown) ? [] : [page]),
    ...inEvidence.map((name) => `${evidence}/${name}`),
    ...beside,
  ][0];
}

/** These do not show whose they are; no report has them without a page. */
function isOtherFormat(name: string): boolean {
  return name === junit || formatFiles.includes(name);
}

/**
 * Removes the report of an earlier run, so that a run that never gets as far as a report cannot look
 * like the one before. Other files in the directory stay.
 *
 * @throws UsageError for a folder that is not ours, or not to be written to
 */
export async function removeStaleReport(directory: string): Promise<void> {
  await requireOwnFolder(directory);
  try {
    // The page goes last: should this be cut short, it still shows that the rest is ours.
    for (const name of [result, junit, journalFile, ...formatFiles, containerLogFile])
      await remove(directory, name);
    await removeFrom(directory, evidence, isEvidenceName);
    await removeFrom(directory, blobFolder, isBlobName);
    for (const name of (await namesIn(directory, '.')).filter(isUnfinished)) await remove(directory, name);
    await remove(directory, page);
  } catch (error) {
    throw unusable(directory, error);
  }
}

function isOurResult(text: string): boolean {
  try {
    const { schemaVersion, suite } = JSON.parse(text) as {
      schemaVersion?: unknown;
      suite?: { name?: unknown };
    };
    return typeof schemaVersion === 'number' && suite?.name === suiteIdentity().name;
  } catch {
    return false;
  }
}

/** What a writer that was killed left of a file. */
function isUnfinished(name: string): boolean {
  const [file = '', pid] = name.split(/\.(\d+)\.tmp$/);
  return pid !== undefined && [result, page, junit].includes(file as typeof result);
}

/** Removes the files of our names, and the folder when nothing is left in it. */
async function removeFrom(
  directory: string,
  folder: string,
  isOurs: (name: string) => boolean,
): Promise<void> {
  const found = await namesIn(directory, folder);
  const ours = found.filter(isOurs);
  for (const name of ours) await remove(directory, folder, name);
  if (ours.length < found.length) return;
  await rmdir(path.join(directory, folder)).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
}

async function remove(...names: string[]): Promise<void> {
  await rm(path.join(...names), { force: true });
}

/** Undefined when there is no such file; empty, and so never ours, for what is not a file. */
async function textOf(directory: string, name: string): Promise<string | undefined> {
  const file = path.join(directory, name);
  const found = await lstat(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return undefined;
  return found.isFile() ? readFile(file, 'utf8') : '';
}

/** What stands in a folder; a file in its place is one without a name. */
async function namesIn(directory: string, folder: string): Promise<string[]> {
  try {
    return await readdir(path.join(directory, folder));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    if (codeOf(error) === 'ENOTDIR') return [''];
    throw error;
  }
}

async function isLink(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => undefined))?.isSymbolicLink() === true;
}
