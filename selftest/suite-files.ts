import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The root of the suite: the folder above this one, in the sources as in the build. */
export const suiteRoot = fileURLToPath(new URL('..', import.meta.url));

/** Every spec file of the suite: its name relative to the root, and its URL. */
export function suiteFiles(folders: readonly string[] = ['scenarios', 'specs']): Map<string, string> {
  const result = new Map<string, string>();
  for (const folder of folders) {
    const names = readdirSync(path.join(suiteRoot, folder)).filter((name) => /\.spec\.[jt]s$/.test(name));
    for (const name of names.sort()) {
      result.set(`${folder}/${name}`, pathToFileURL(path.join(suiteRoot, folder, name)).href);
    }
  }
  return result;
}
