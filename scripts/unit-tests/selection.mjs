// Which unit tests a change can affect. Of each test Vitest records the modules that it loads; `watch-reads.mjs`
// records which module reads which other file. After a run in which every test passed, the hashes of all these
// files are kept. A module is changed when its own content is another, or that of a file which it reads.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';

/** Stands for all modules where it is unknown which of them reads a file. */
export const anyModule = '*';

/** The content of a file, or the names in a folder, as a hash; undefined where there is neither. */
export function hashOf(file) {
  try {
    const folder = statSync(file).isDirectory();
    const content = folder ? `folder ${readdirSync(file).sort().join('\n')}` : readFileSync(file);
    return createHash('sha256').update(content).digest('base64url');
  } catch {
    return undefined;
  }
}

/** The hashes of these files, but for those that were changed since a time: nobody knows which content was tested. */
export function hashesOf(files, since) {
  const hashes = {};
  for (const file of files) {
    const { mtimeMs = 0, ctimeMs = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
    if (Math.max(mtimeMs, ctimeMs) < since) hashes[file] = hashOf(file) ?? 'missing';
  }
  return hashes;
}

/**
 * The modules that have changed since a run in which every test passed.
 *
 * @param {{hashes: Record<string, string>, reads: readonly [string, string][], always: readonly string[]}} green
 *   what was kept of that run: `reads` has a file and a module that reads it in each entry, `always` the modules
 *   that do what cannot be followed, such as starting a process
 * @param {readonly string[]} modules the modules that the tests load
 */
export function changedModules(green, modules) {
  const known = new Map();
  const isChanged = (file) => {
    if (!known.has(file)) known.set(file, (hashOf(file) ?? 'missing') !== green.hashes[file]);
    return known.get(file);
  };
  const readers = green.reads.flatMap(([file, module]) => (isChanged(file) ? [module] : []));
  const changed = new Set([...modules.filter(isChanged), ...readers, ...green.always]);
  return changed.has(anyModule) ? [...new Set(modules)] : [...changed];
}
