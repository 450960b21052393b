import type { ClauseId } from '../../contract/clauses.ts';

/** Notes a breach of a clause that was observed on the way; `reason` in one sentence. */
export type Note = (clause: ClauseId, reason: string, certain?: boolean) => void;

/** A breach that a check observed, of whichever clause. */
export interface Observed {
  readonly clause: ClauseId;
  readonly reason: string;
  /** Whether an answer shows it by itself; else it was concluded, e.g. from what did not come. */
  readonly certain: boolean;
}

/**
 * What a check observed of other clauses than its own while it was at work. The first observation of a
 * clause stands for all: one breach of form would else be told once for each answer.
 */
export class Findings {
  readonly #byClause = new Map<ClauseId, Observed>();

  /** Notes a breach; what is known of the clause already stays. */
  readonly note: Note = (clause, reason, certain = true) => {
    if (!this.#byClause.has(clause)) this.#byClause.set(clause, { clause, reason, certain });
  };

  /** Everything that was noted, in its order. */
  list(): readonly Observed[] {
    return [...this.#byClause.values()];
  }
}

/** For readers that nobody listens to. */
export const noNote: Note = () => undefined;
