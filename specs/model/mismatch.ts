import type { ClauseId } from '../../contract/clauses.ts';
import { show } from '../../harness/expect.ts';
import { excerpt } from '../../harness/mask/excerpt.ts';

/** So much of what was expected is told. */
const mostShown = 300;

/** Something that a view of an operation shows otherwise than the contract, with the clause that it breaks. */
export interface ViewMismatch {
  readonly clause: ClauseId;
  readonly reason: string;
}

/** Collects what does not fit in one view. */
export class Mismatches {
  readonly list: ViewMismatch[] = [];
  readonly #view: string;

  /** @param view names the view: "the monitor" */
  constructor(view: string) {
    this.#view = view;
  }

  /** Adds a mismatch unless the condition holds. */
  unless(holds: boolean, clause: ClauseId, what: string, expected: unknown, actual: unknown): void {
    if (holds) return;
    const wanted = typeof expected === 'string' ? excerpt(expected, mostShown) : show(expected);
    this.list.push({
      clause,
      reason: `expected ${what} of ${this.#view} to be ${wanted}, got ${show(actual)}`,
    });
  }
}
