import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { codeRoot } from '../package.ts';

/** Where `bgop self-test --update` keeps which deviations each clause was seen to catch. */
export const provenFile = path.join(codeRoot, 'selftest', 'proven.json');

/** By clause id, the deviations that the suite of this version was seen to catch; empty before a self-test. */
export async function provenClauses(file = provenFile): Promise<Readonly<Record<string, readonly string[]>>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, readonly string[]>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
