import type { Change, Comparison } from './compare.ts';

/** The changes in the order in which a reader wants them, with their words. */
export const changeWords: Readonly<Record<Change, { readonly title: string; readonly meaning: string }>> = {
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

/** The comparison in one sentence. */
export function comparisonSentence({ clauses, sameTarget }: Comparison): string {
  const number = (change: Change): number => clauses.filter((clause) => clause.change === change).length;
  const parts = (Object.keys(changeWords) as Change[])
    .map((change) => ({ count: number(change), words: changeWords[change].title.toLowerCase() }))
    .filter(({ count }) => count > 0)
    .map(({ count, words }) => `${count} ${words}`);
  if (parts.length === 0) return 'Nothing changed: every clause has the same verdict, for the same reason.';
  const about = sameTarget ? 'From the first run to the last' : 'From the first target to the last';
  return `${about}: ${parts.join(', ')}.`;
}
