import type { Clause } from './clause.ts';
import type { ClientSection } from './client-clause.ts';
import { clientAccess, clientPoll, clientSubmit } from './clauses/client.ts';
import { clientCancel, clientNotify, clientSdk } from './clauses/client-end.ts';

// The contract's other party. Apart from `clauses.ts`, so that no count or verdict of a target changes by it.

const declared = [clientSubmit, clientAccess, clientPoll, clientCancel, clientNotify, clientSdk] as const;

/** The sections of the client's catalogue. */
export const clientSections: readonly ClientSection[] = declared;

type IdsOf<S> = S extends ClientSection<infer Id> ? Id : never;

/** The id of a clause for clients; a misspelt one does not compile. */
export type ClientClauseId = IdsOf<(typeof declared)[number]>;

/** A clause that binds a client instead of a target. */
export interface ClientClause extends Clause {
  readonly id: ClientClauseId;
  /** What a record must show before it can be decided. */
  readonly sees: string;
}

/** Every clause for clients, in catalogue order. It needs nothing of a target. */
export const clientClauses: readonly ClientClause[] = clientSections.flatMap((section) =>
  Object.entries(section.clauses).map(([id, data]) => ({
    source: section.source,
    ...data,
    needs: [],
    id: id as ClientClauseId,
    section: section.id,
  })),
);
