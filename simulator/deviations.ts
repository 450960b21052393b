import { readdir } from 'node:fs/promises';
import { findClause } from '../contract/clauses.ts';
import type { ClauseId } from '../contract/clauses.ts';
import { deviated, type Deviation, type Variants } from './deviation.ts';

export { deviated, type Deviation, type Variant, type Variants } from './deviation.ts';

const folder = new URL('./deviations/', import.meta.url);
// Sources here, compiled files in the package: the same extension as this very file.
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** The clauses that have deviations: each names a file of the folder. */
export async function clausesWithDeviations(): Promise<ClauseId[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith(extension) && !/\.(?:test|d)\.[jt]s$/.test(file))
    .map((file) => clauseOf(file))
    .sort();
}

/** The names of all deviations, in alphabetical order. Loads every file of the folder. */
export async function listDeviations(): Promise<string[]> {
  const clauses = await clausesWithDeviations();
  const names = await Promise.all(
    clauses.map(async (clause) =>
      Object.keys(await variantsOf(clause)).map((variant) => `${clause}-${variant}`),
    ),
  );
  return names.flat().sort();
}

/** Loads a deviation by its name; undefined if no deviation has that name. Loads no other clause's file. */
export async function findDeviation(name: string): Promise<Deviation | undefined> {
  // The id of a clause may begin with the whole id of another one and a hyphen.
  const clauses = (await clausesWithDeviations()).filter((clause) => name.startsWith(`${clause}-`));
  for (const breaks of clauses) {
    const variants = await variantsOf(breaks);
    const variant = name.slice(breaks.length + 1);
    if (Object.hasOwn(variants, variant)) return { name, breaks, ...variants[variant] } as Deviation;
  }
  return undefined;
}

/**
 * The options of a simulator that gets these things wrong, by the names of deviations:
 * `createSimulator(await withDeviations('callback.once-twice'))`.
 *
 * @throws Error for a name that no deviation has
 */
export async function withDeviations(...names: readonly string[]): Promise<ReturnType<typeof deviated>> {
  return deviated(await Promise.all(names.map(loadDeviation)));
}

/** Loads a deviation by its name. Throws if no deviation has that name. */
export async function loadDeviation(name: string): Promise<Deviation> {
  const found = await findDeviation(name);
  if (found === undefined) throw new Error(`There is no deviation '${name}'.`);
  return found;
}

function clauseOf(file: string): ClauseId {
  const id = file.slice(0, -extension.length);
  if (findClause(id) === undefined) {
    throw new Error(`simulator/deviations/${file} is named after no clause: there is no '${id}'.`);
  }
  return id as ClauseId;
}

async function variantsOf(clause: ClauseId): Promise<Variants> {
  const module = (await import(new URL(`${clause}${extension}`, folder).href)) as { default: Variants };
  return module.default;
}
