import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bodyFiles, writeBodies, type WholeBody } from './body-files.ts';
import { junit } from './junit.ts';
import { evidenceFiles, isEvidenceName, placeEvidence, withEvidenceFiles } from './place-evidence.ts';
import { render } from './render.ts';
import type { Result } from './result.ts';
import { resultProblems } from './validate.ts';

/** The names of the files of a report, in its directory. */
export const reportFiles = {
  result: 'conformance.json',
  page: 'index.html',
  junit: 'junit.xml',
  evidence: 'evidence',
} as const;

/** How a report is written. */
export interface WriteOptions {
  /** Whether evidence of checks that passed is wanted. */
  readonly evidence?: boolean;
  /** The report from which the result was read, when it is written again; its evidence files are taken along. */
  readonly source?: string;
  /** Bodies that are cut in the result, whole, by the names that it gives them. */
  readonly bodies?: ReadonlyMap<string, WholeBody>;
}

/**
 * Writes the report: the result file, the page and the JUnit file, and with `evidence` the evidence of
 * the checks that passed, in `evidence/`. Of a report that stood there before, only the evidence that
 * the result names is kept.
 *
 * @throws Error when the result does not follow its schema: a fault of this suite
 */
export async function writeReport(
  directory: string,
  result: Result,
  { evidence = false, source = directory, bodies = new Map() }: WriteOptions = {},
): Promise<void> {
  const whole = await withEvidenceFiles(source, result);
  const placed = placeEvidence(whole, { passed: evidence || whole !== result });
  const text = `${JSON.stringify(placed.file, null, 2)}\n`;
  const [problem] = resultProblems(JSON.parse(text));
  if (problem !== undefined) throw new Error(`The result does not follow its own schema: ${problem}.`);
  await mkdir(path.join(directory, reportFiles.evidence), { recursive: true });
  for (const [name, pieces] of placed.evidence) {
    await writeFile(path.join(directory, name), `${JSON.stringify(pieces, null, 2)}\n`);
  }
  const named = bodyFiles(placed.page);
  await writeBodies(directory, named, bodies, source);
  await removeOthers(directory, new Set([...evidenceFiles(placed.file), ...named]));
  await writeWhole(path.join(directory, reportFiles.page), render(placed.page));
  await writeWhole(path.join(directory, reportFiles.junit), junit(placed.file));
  // Last, because whoever waits for a result waits for this file.
  await writeWhole(path.join(directory, reportFiles.result), text);
}

/** Removes evidence of an earlier run, and the folder when nothing is left in it. What has no name of ours stays. */
async function removeOthers(directory: string, kept: ReadonlySet<string>): Promise<void> {
  const folder = path.join(directory, reportFiles.evidence);
  const found = await readdir(folder);
  const others = found.filter((name) => isEvidenceName(name) && !kept.has(`${reportFiles.evidence}/${name}`));
  for (const name of others) await rm(path.join(folder, name));
  if (others.length === found.length) await rmdir(folder);
}

/** Writes a file so that nobody ever reads half of it. */
async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  await writeFile(unfinished, text);
  await rename(unfinished, file);
}
