import { headers } from '../../contract/vocabulary.ts';
import { Blocked } from '../../harness/test.ts';
import type { Operation } from '../../harness/operation.ts';

/** Blocks a check about the id of an operation where its 202 does not name one and the same id twice. */
export function requireOneId({ accepted, id }: Operation): void {
  const location = accepted.header(headers.location);
  if (location === undefined) throw new Blocked('submit.location', accepted.describe());
  if (!location.toLowerCase().includes(id))
    throw new Blocked('submit.id-matches-location', accepted.describe());
}
