import { lstat, mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { fileProblem } from '../harness/file-problem.ts';
import { replaceFile } from '../harness/files.ts';
import { bodyFiles, writeBodies, type WholeBody } from './body-files.ts';
import { junit } from './junit.ts';
import { mend } from './mend.ts';
import {
  evidenceFiles,
  isEvidenceName,
  placeEvidence,
  withEvidenceFiles,
  type Placed,
} from './place-evidence.ts';
import { render, unrendered } from './render.ts';
import { resultProblems } from '../record/result-problems.ts';
import type { Result } from '../record/result.ts';

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

/** Some or all files of a report could not be written; the message says which and why. */
class ReportNotWritten extends Error {
  override readonly name = 'ReportNotWritten';
}

/**
 * Writes the report: the result file, the page and the JUnit file, and with `evidence` the evidence of
 * the checks that passed, in `evidence/`. Of a report that stood there before, only the evidence that
 * the result names is kept. Whatever can be written is, even where something else cannot; a value that
 * the schema refuses is kept as it can be.
 *
 * @returns the result as it was written
 * @throws ReportNotWritten
 */
export async function writeReport(
  directory: string,
  result: Result,
  { evidence = false, source = directory, bodies = new Map() }: WriteOptions = {},
): Promise<Result> {
  const whole = await withEvidenceFiles(source, result);
  const passed = evidence || whole !== result;
  const { placed, text } = fitting(whole, passed);
  const parts = new Parts();
  await parts.write(reportFiles.evidence, () => writeEvidence(directory, placed, bodies, source));
  await parts.write(reportFiles.page, () => writeIn(directory, reportFiles.page, pageOf(placed.page)));
  await parts.write(reportFiles.junit, () => writeIn(directory, reportFiles.junit, junit(placed.file)));
  // Last, because whoever waits for a result waits for this file.
  await parts.write(reportFiles.result, () => writeIn(directory, reportFiles.result, text));
  if (parts.problems.length > 0) throw new ReportNotWritten(parts.problems.join(' '));
  return placed.file;
}

/** The result as it is written, which follows its schema whatever a target made of it. */
function fitting(result: Result, passed: boolean): { placed: Placed; text: string } {
  const placed = placeEvidence(result, { passed });
  const text = textOf(placed.file);
  if (resultProblems(JSON.parse(text)).length === 0) return { placed, text };
  const { result: mended, problem } = mend(JSON.parse(JSON.stringify(result)) as Result);
  const again = placeEvidence(problem === undefined ? mended : faulty(mended, problem), { passed });
  return { placed: again, text: textOf(again.file) };
}

/** A fault of this suite: the result is kept, and no run with it is called complete. */
function faulty(result: Result, problem: string): Result {
  const incomplete = `The suite made a result that does not follow its own schema (${problem}); please report it.`;
  return { ...result, run: { ...result.run, incomplete } };
}

function textOf(result: Result): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** The page, or one that says why there is none: the result beside it is worth more. */
function pageOf(result: Result): string {
  try {
    return render(result);
  } catch (error) {
    return unrendered(result, error);
  }
}

class Parts {
  readonly problems: string[] = [];

  async write(name: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.problems.push(`${name} could not be written: ${fileProblem(error)}.`);
    }
  }
}

async function writeIn(directory: string, name: string, text: string): Promise<void> {
  await replaceFile(path.join(directory, name), text);
}

async function writeEvidence(
  directory: string,
  placed: Placed,
  bodies: ReadonlyMap<string, WholeBody>,
  source: string,
): Promise<void> {
  const folder = path.join(directory, reportFiles.evidence);
  await mkdir(folder, { recursive: true });
  // What stands there is replaced and removed: that of a link would be somebody else's.
  if ((await lstat(folder)).isSymbolicLink()) throw new Error('it is a link');
  for (const [name, pieces] of placed.evidence) {
    await writeIn(directory, name, `${JSON.stringify(pieces, null, 2)}\n`);
  }
  const named = bodyFiles(placed.page);
  await writeBodies(directory, named, bodies, source);
  await removeOthers(directory, new Set([...evidenceFiles(placed.file), ...named]));
}

/** Removes evidence of an earlier run, and the folder when nothing is left in it. What has no name of ours stays. */
async function removeOthers(directory: string, kept: ReadonlySet<string>): Promise<void> {
  const folder = path.join(directory, reportFiles.evidence);
  const found = await readdir(folder);
  const others = found.filter((name) => isEvidenceName(name) && !kept.has(`${reportFiles.evidence}/${name}`));
  for (const name of others) await rm(path.join(folder, name));
  if (others.length === found.length) await rmdir(folder);
}
