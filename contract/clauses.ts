import type { Clause, ClauseData, Section } from './clause.ts';
import { access } from './clauses/access.ts';
import { callback } from './clauses/callback.ts';
import { cancel } from './clauses/cancel.ts';
import { error } from './clauses/error.ts';
import { event } from './clauses/event.ts';
import { flow } from './clauses/flow.ts';
import { monitor } from './clauses/monitor.ts';
import { prefer } from './clauses/prefer.ts';
import { retry } from './clauses/retry.ts';
import { sdk } from './clauses/sdk.ts';
import { state } from './clauses/state.ts';
import { submit } from './clauses/submit.ts';
import { table } from './clauses/table.ts';
import { timeLimit } from './clauses/time-limit.ts';
import { ttl } from './clauses/ttl.ts';
import { unknown } from './clauses/unknown.ts';

/** Version of the catalogue itself, and the date of the documentation that it was made from. */
export const catalogue = { version: '1.2.0', documentation: '2023-06-05' } as const;

const declared = [
  submit,
  prefer,
  monitor,
  unknown,
  state,
  table,
  cancel,
  retry,
  error,
  timeLimit,
  callback,
  event,
  ttl,
  access,
  sdk,
  flow,
] as const;

/** The sections, in the order of the documentation. */
export const sections: readonly Section[] = declared;

type IdsOf<S> = S extends Section<infer Id> ? Id : never;

/** The id of a clause of the catalogue; a misspelt one does not compile. */
export type ClauseId = IdsOf<(typeof declared)[number]>;

/** Every clause, in catalogue order. */
export const clauses: readonly (Clause & { readonly id: ClauseId })[] = sections.flatMap((section) =>
  Object.entries<ClauseData>(section.clauses).map(([id, data]) => ({
    source: section.source,
    ...data,
    id: id as ClauseId,
    section: section.id,
  })),
);

const byId = new Map<string, Clause>(clauses.map((clause) => [clause.id, clause]));

/** The clause of an id; undefined for an id that the catalogue does not have. */
export function findClause(id: string): Clause | undefined {
  return byId.get(id);
}
