import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Files } from './bundle.ts';

const belongs = /^(conformance\.json|junit\.xml|index\.html|evidence\/[^/]+\.(?:json|txt)|logs\/[^/]+)$/;

/**
 * Reads what belongs to a report from its directory: result, JUnit file, page, evidence, logs. Whatever
 * else lies there stays out of the bundle. `prefix` is the folder in the archive.
 */
export async function reportContents(directory: string, prefix = ''): Promise<Files> {
  const names = (await readdir(directory, { recursive: true })).map((name) => name.split(path.sep).join('/'));
  const files: Record<string, Uint8Array> = {};
  for (const name of names.filter((one) => belongs.test(one)).sort()) {
    files[`${prefix}${name}`] = new Uint8Array(await readFile(path.join(directory, name)));
  }
  return files;
}
