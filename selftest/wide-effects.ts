import { mostUndecided, sideEffects } from './side-effects.ts';
import type { Trial } from './trial.ts';

/** The clauses about several ends or moments keep one branch that cannot be seen. */
const oneOfSeveral = 'clauses about every end or moment keep a branch that never comes about';

/**
 * Deviations that leave more than a tenth of the other clauses undecided, each with why. What a clause
 * speaks of never comes about with them, so that no check could decide it. A deviation that is no longer
 * over the bound has to be taken off the list.
 */
export const wideEffects: Readonly<Record<string, string>> = {
  'callback.on-success-never': 'the duties of a callback after success have no callback to look at',
  'cancel.running-accepted-refused': `nothing that runs can be canceled: ${oneOfSeveral}`,
  'monitor.read-is-safe-once': 'what is compared over time, or from two sides, can be read once only',
  'retry.not-terminal-between-failed': 'the end cannot be told from a wait: what follows an end is not known',
  'retry.on-error-never': `there is no second attempt, wait or last failure: ${oneOfSeveral}`,
  'retry.on-error-only-platform': `there is no second attempt, wait or last failure: ${oneOfSeveral}`,
  'state.canceled-stays': `an operation canceled before its start has no end: ${oneOfSeveral}`,
  'state.succeeded-unfinished':
    'no operation that succeeds comes to an end, so that nothing after it can be seen',
  'submit.does-not-wait-inline':
    'every operation is at its end when its id is known: nothing before can be seen',
  'submit.failure-is-accepted-tried-first':
    'every operation is at its end when its id is known, and there is none that fails',
  'submit.row-exists-at-end': 'there is no row before the end',
  'submit.row-exists-until-end': 'there is no row after the end',
};

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
    .filter(({ name }) => list[name] !== undefined && over.every((one) => one.name !== name))
    .map(
      ({ name, undecided }) =>
        `${name} leaves ${undecided.length} other clauses undecided, which is not over ${mostUndecided} any more: take it off selftest/wide-effects.ts`,
    );
  return [...unlisted, ...outdated];
}
