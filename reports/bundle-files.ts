import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { readBytes } from '../harness/files.ts';
import type { Files } from './bundle.ts';

const belongs = /^(conformance\.json|junit\.xml|index\.html|evidence\/[^/]+\.(?:json|txt)|logs\/[^/]+)$/;

/**
 * Reads what belongs to a report from its directory: result, JUnit file, page, evidence, logs. Whatever
 * else lies there stays out of the bundle. `prefix` is the folder in the archive.
 *
 * @throws FileError where one of these is a link, which may lead to anything, or not a file
 */
export async function reportContents(directory: string, prefix = ''): Promise<Files> {
  const files: Record<string, Uint8Array> = {};
  for (const name of (await namesIn(directory)).filter((one) => belongs.test(one)).sort()) {
    files[`${prefix}${name}`] = new Uint8Array(await readBytes(path.join(directory, name), { links: false }));
  }
  return files;
}

/** The names in a report's folder and in those of its folders that are not links. */
async function namesIn(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  for (const folder of ['evidence', 'logs']) {
    const found = await lstat(path.join(directory, folder)).catch(() => undefined);
    if (found?.isDirectory() !== true) continue;
    names.push(...(await readdir(path.join(directory, folder))).map((name) => `${folder}/${name}`));
  }
  return names;
}
