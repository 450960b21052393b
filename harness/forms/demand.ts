import type { ClauseId } from '../../contract/clauses.ts';
import type { Note } from '../check/findings.ts';
import { show } from '../expect.ts';

/** Notes a breach of a clause unless something holds; `what` and `wanted` in words. */
export type Demand = (holds: boolean, clause: ClauseId, what: string, wanted: string, got: unknown) => void;

/** @param where what is looked at: "GET of the monitor" */
export function demandOf(note: Note, where: string): Demand {
  return (holds, clause, what, wanted, got) => {
    if (!holds) note(clause, `expected ${what} of ${where} to be ${wanted}, got ${show(got)}`);
  };
}

/** A value as text; empty where it is none. An object from an answer may not even be turned into text. */
export function asPlainText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
