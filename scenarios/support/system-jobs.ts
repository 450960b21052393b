import { isObject, type Answer, type JsonObject } from '../../harness/answer.ts';
import type { Client } from '../../harness/client.ts';
import { Undecided } from '../../harness/test.ts';
import { collectionPath } from './table-rows.ts';

/** The rows of a collection, or undefined where it is not answered as one. */
export function jobRowsIn(answer: Answer): JsonObject[] | undefined {
  const { value } = answer.object() ?? {};
  return answer.status === 200 && Array.isArray(value) ? (value as unknown[]).filter(isObject) : undefined;
}

/** The system jobs of a step that remain; ends the check where they cannot be queried. */
export async function jobsOf(client: Client, stepId: string): Promise<JsonObject[]> {
  const options = { $filter: `_owningextensionid_value eq ${stepId}` };
  const answer = await client.api('GET', collectionPath(options, 'asyncoperations'));
  const rows = jobRowsIn(answer);
  if (rows === undefined) throw new Undecided(`asyncoperations cannot be queried: ${answer.describe()}`);
  return rows;
}
