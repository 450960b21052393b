import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { junit } from './junit.ts';
import { placeEvidence } from './place-evidence.ts';
import { render } from './render.ts';
import type { Result } from './result.ts';

/** The names of the files of a report, in its directory. */
export const reportFiles = {
  result: 'conformance.json',
  page: 'index.html',
  junit: 'junit.xml',
  evidence: 'evidence',
} as const;

/**
 * Writes the report: the result file, the page and the JUnit file, and `evidence/` for what is too
 * bulky or, with `evidence`, for the checks that passed. A report that stood there before is replaced.
 */
export async function writeReport(
  directory: string,
  result: Result,
  { evidence = false }: { readonly evidence?: boolean } = {},
): Promise<void> {
  await mkdir(directory, { recursive: true });
  await rm(path.join(directory, reportFiles.evidence), { recursive: true, force: true });
  const { result: kept, files } = placeEvidence(result, { passed: evidence });
  if (files.size > 0) await mkdir(path.join(directory, reportFiles.evidence), { recursive: true });
  for (const [name, pieces] of files) {
    await writeFile(path.join(directory, name), `${JSON.stringify(pieces, null, 2)}\n`);
  }
  await writeWhole(path.join(directory, reportFiles.page), render(kept));
  await writeWhole(path.join(directory, reportFiles.junit), junit(kept));
  // Last, because whoever waits for a result waits for this file.
  await writeWhole(path.join(directory, reportFiles.result), `${JSON.stringify(kept, null, 2)}\n`);
}

/** Writes a file so that nobody ever reads half of it. */
async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  await writeFile(unfinished, text);
  await rename(unfinished, file);
}
