import { clauses } from '../contract/clauses.ts';
import type { Trial } from './trial.ts';

/** A deviation that leaves more of the other clauses undecided than a single one should. */
export interface SideEffect {
  readonly name: string;
  readonly undecided: number;
  /** What blocks most of them. */
  readonly mostly: string;
}

/** A tenth of the catalogue. */
export const mostUndecided = Math.floor(clauses.length / 10);

/** The deviations over the bound, the worst first. */
export function sideEffects(trials: readonly Pick<Trial, 'name' | 'undecided'>[]): SideEffect[] {
  return trials
    .filter(({ undecided }) => undecided.length > mostUndecided)
    .map(({ name, undecided }) => {
      const reasons = Map.groupBy(undecided, ({ reason }) => reason);
      const [worst] = [...reasons].sort(([, one], [, other]) => other.length - one.length);
      return { name, undecided: undecided.length, mostly: worst?.[0] ?? '' };
    })
    .sort((one, other) => other.undecided - one.undecided);
}
