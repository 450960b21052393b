import path from 'node:path';
import { codeOf } from '../../harness/file-problem.ts';
import { FileError, readText } from '../../harness/files.ts';
import type { CaughtIn } from '../../record/caught-in.ts';
import { codeRoot } from '../package.ts';

/** Where `bgop self-test --update` keeps which deviations each clause was seen to catch. */
export const provenFile = path.join(codeRoot, 'selftest', 'proven.json');

/** By clause id, the deviations that the suite of this version was seen to catch; empty before a self-test. */
export async function provenClauses(file = provenFile): Promise<Readonly<Record<string, readonly string[]>>> {
  return (await jsonIn(file)) as Record<string, readonly string[]>;
}

/** By clause id, the situations in which the suite of this version was seen to catch deviations. */
export async function caughtInByClause(
  file = path.join(codeRoot, 'selftest', 'situations.json'),
): Promise<Readonly<Record<string, CaughtIn>>> {
  return (await jsonIn(file)) as Record<string, CaughtIn>;
}

async function jsonIn(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(file)) as unknown;
  } catch (error) {
    if (error instanceof FileError && codeOf(error.cause) === 'ENOENT') return {};
    throw error;
  }
}
