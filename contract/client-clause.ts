import type { ClauseData, Section } from './clause.ts';

/** One clause for clients, as it is written in its section's file. */
interface ClientClauseData extends Omit<ClauseData, 'needs'> {
  /** What a record must show before the clause can be decided, after "no" or "neither": a noun phrase. */
  readonly sees: string;
}

/** One section of the client's catalogue. */
export interface ClientSection<Id extends string = string> extends Omit<Section, 'clauses'> {
  readonly clauses: Readonly<Record<Id, ClientClauseData>>;
}

/** Declares a section of the client's catalogue, keeping the literal ids of its clauses as types. */
export function defineClientSection<const Id extends string>(section: ClientSection<Id>): ClientSection<Id> {
  return section;
}
