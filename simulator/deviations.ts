import { readdir } from 'node:fs/promises';
import type { Deviation } from './deviation.ts';

const folder = new URL('./deviations/', import.meta.url);
// Sources here, compiled files in the package: the same extension as this very file.
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** The names of all deviations, in alphabetical order: the files of the folder. */
export async function listDeviations(): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith(extension) && !/\.(?:test|d)\.[jt]s$/.test(file))
    .map((file) => file.slice(0, -extension.length))
    .sort();
}

/** Loads a deviation by its name. Throws if there is none of that name, or if it calls itself otherwise. */
export async function loadDeviation(name: string): Promise<Deviation> {
  if (!(await listDeviations()).includes(name)) throw new Error(`There is no deviation '${name}'.`);
  const module = (await import(new URL(`${name}${extension}`, folder).href)) as { default: Deviation };
  if (module.default.name !== name) {
    throw new Error(`The deviation in '${name}${extension}' calls itself '${module.default.name}'.`);
  }
  return module.default;
}
