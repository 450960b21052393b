import {
  changedBetween,
  isStillBroken,
  wording,
  type VerdictChange,
  type ResultComparison,
} from './compare.ts';
import { listed } from './listed.ts';
import { count } from './page/script/words.ts';

/** The changes in the order in which a reader wants them, with their words. */
export const changeWords: Readonly<
  Record<VerdictChange, { readonly title: string; readonly meaning: string }>
> = {
  'newly-broken': { title: 'Newly broken', meaning: 'Held or was open before, and is broken now.' },
  'newly-open': {
    title: 'No longer decided',
    meaning: 'Was decided before, and is inconclusive or not tested now.',
  },
  'newly-fixed': { title: 'Newly fixed', meaning: 'Was broken before, and holds now.' },
  'newly-decided': { title: 'Newly decided', meaning: 'Was open before, and holds now.' },
  'other-wording': { title: 'Broken in another way', meaning: 'Broken in both, with another reason.' },
  'other-observation': {
    title: 'Observed differently',
    meaning: 'The target does something else where it is free to.',
  },
  added: { title: 'New in the catalogue', meaning: 'The first result does not know this clause.' },
  removed: { title: 'Gone from the catalogue', meaning: 'The last result does not know this clause.' },
};

/** What is the same in the first and the last result, and another between them. */
export const betweenWords = {
  title: 'Changed in between',
  meaning: 'The same in the first and the last result, and another in one between them.',
};

/** What changed in one sentence, and what is still broken in another. */
export function comparisonSentence(comparison: ResultComparison): string {
  const still = comparison.clauses.filter(isStillBroken);
  const about = comparison.sameTarget ? 'Still broken' : 'Broken in the first and the last';
  return still.length === 0
    ? changes(comparison)
    : `${changes(comparison)} ${about}: ${count(still.length, 'clause')}: ${listed(still)}.`;
}

function changes({ clauses, sameTarget }: ResultComparison): string {
  const number = (change: VerdictChange): number =>
    clauses.filter((clause) => clause.change === change).length;
  const differ = clauses.filter(
    ({ change, cells }) => change === undefined && cells[0]?.verdict !== cells.at(-1)?.verdict,
  ).length;
  const parts = (Object.keys(changeWords) as VerdictChange[])
    .map((change) => ({ count: number(change), words: changeWords[change].title.toLowerCase() }))
    .concat(
      { count: differ, words: 'with another verdict' },
      { count: clauses.filter(changedBetween).length, words: betweenWords.title.toLowerCase() },
    )
    .filter(({ count }) => count > 0)
    .map(({ count, words }) => `${count} ${words}`);
  if (parts.length > 0) {
    const about = sameTarget ? 'From the first run to the last' : 'From the first target to the last';
    return `${about}: ${parts.join(', ')}.`;
  }
  const reasons = clauses.filter(
    ({ cells }) => new Set(cells.map((cell) => wording(cell?.reason))).size > 1,
  ).length;
  return reasons === 0
    ? 'Nothing changed: every clause has the same verdict, for the same reason.'
    : `No verdict changed; of ${count(reasons, 'clause')} the reason is another.`;
}
