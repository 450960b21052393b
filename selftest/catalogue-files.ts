import { clauses, sections } from '../contract/clauses.ts';
import type { CaughtIn } from '../record/caught-in.ts';
import { alsoCaughtIn } from './situations.ts';

/** Brings every file up to date that follows from the catalogue and the deviations. */
export const refreshCommand = 'npm run refresh';

/** A page that says how large the catalogue is. */
export interface CountedPage {
  /** The page's path in the repository. */
  readonly file: string;
  /** Finds the words that say it. */
  readonly pattern: RegExp;
  /** The same words with the numbers of today. */
  readonly words: string;
}

/** All pages that say how large the catalogue is. */
export const countedPages: readonly CountedPage[] = [
  { file: 'README.md', pattern: /\*\*\d+ clauses\*\*/, words: `**${clauses.length} clauses**` },
  {
    file: 'docs/contract.md',
    pattern: /\d+ clauses in \d+ sections/,
    words: `${clauses.length} clauses in ${sections.length} sections`,
  },
];

/** The text of a page with the numbers of today. Throws if the page does not say the numbers where it should. */
export function withCounts({ file, pattern, words }: CountedPage, text: string): string {
  if (!pattern.test(text))
    throw new Error(`${file} does not say how many clauses there are (${pattern.source}).`);
  return text.replace(pattern, words);
}

/** By clause: the deviations that the suite was seen to catch, as `selftest/proven.json` keeps them. */
export type Proven = Readonly<Record<string, readonly string[]>>;

/** Compares what is kept as proven with the deviations that exist. */
export function compareProven(
  proven: Proven,
  names: readonly string[],
): {
  /** Deviations that exist and are not proven. */
  readonly missing: string[];
  /** Deviations that are proven and do not exist any more. */
  readonly gone: string[];
} {
  const kept = Object.values(proven).flat();
  return {
    missing: names.filter((name) => !kept.includes(name)),
    gone: kept.filter((name) => !names.includes(name)),
  };
}

/** What is proven without the deviations that are gone, and with those that were caught since. */
export function updateProven(proven: Proven, gone: readonly string[], caught: Proven): Proven {
  const updated: Record<string, string[]> = {};
  for (const clause of [...Object.keys(proven), ...Object.keys(caught)]) {
    const names = [...(proven[clause] ?? []), ...(caught[clause] ?? [])];
    const left = [...new Set(names)].filter((name) => !gone.includes(name));
    if (left.length > 0) updated[clause] = left;
  }
  return updated;
}

/** By clause: the situations in which a deviation was caught, as `selftest/situations.json` keeps them. */
export type KeptSituations = Readonly<Record<string, CaughtIn>>;

/** The situations that are kept, with those in which more was caught since; clauses that are not proven drop out. */
export function updateSituations(
  kept: KeptSituations,
  caught: KeptSituations,
  proven: Proven,
): KeptSituations {
  const all = [...new Set([...Object.keys(kept), ...Object.keys(caught)])]
    .filter((id) => id in proven)
    .sort();
  const merged = all.map((clause) => {
    const more = caught[clause];
    return [clause, more === undefined ? kept[clause] : alsoCaughtIn(kept[clause], more)];
  });
  return Object.fromEntries(merged) as KeptSituations;
}

/** The text of `selftest/proven.json`: sorted, so that a change shows as what it is. */
export function provenText(proven: Proven): string {
  const sorted = Object.entries(proven)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([clause, names]) => [clause, [...names].sort()]);
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}
