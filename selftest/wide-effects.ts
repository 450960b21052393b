import { mostUndecided, sideEffects } from './side-effects.ts';
import type { Trial } from './trial.ts';

/**
 * Deviations that leave more than a tenth of the other clauses undecided, each with how many, and why. What a
 * clause speaks of never comes about with them, in none of its checks, so that no check could decide it. A
 * deviation that is well below the bound has to be taken off the list.
 */
export const wideEffects: Readonly<Record<string, string>> = {
  'submit.failure-is-accepted-tried-first':
    '20, on a busy machine up to 25: the first attempt is made before the answer, and what fails in it is refused. The operation of a refused call is followed all the same; but none is known while it waits or runs for the first time, and these clauses speak of nothing else',
  'submit.does-not-wait-inline':
    '20, on a busy machine up to 25: every operation has run before its id is known, and these clauses speak of one that waits or runs',
};

/** One that swings round the bound stays on the list. */
const swing = 3;

/** What the list of {@link wideEffects} and the trials do not agree on, in sentences. */
export function wideComplaints(
  trials: readonly Pick<Trial, 'name' | 'undecided'>[],
  list: Readonly<Record<string, string>> = wideEffects,
): string[] {
  const over = sideEffects(trials);
  const unlisted = over
    .filter(({ name }) => list[name] === undefined)
    .map(
      ({ name, undecided, mostly }) =>
        `${name} leaves ${undecided} other clauses undecided, mostly by ${mostly}: more than ${mostUndecided}, and selftest/wide-effects.ts does not say why`,
    );
  const outdated = trials
    .filter(({ name, undecided }) => list[name] !== undefined && undecided.length <= mostUndecided - swing)
    .map(
      ({ name, undecided }) =>
        `${name} leaves ${undecided.length} other clauses undecided, which is not over ${mostUndecided} any more: take it off selftest/wide-effects.ts`,
    );
  return [...unlisted, ...outdated];
}
