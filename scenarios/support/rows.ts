import { table } from '../../contract/vocabulary.ts';
import { isObject, type JsonObject } from '../../harness/answer.ts';
import type { Client } from '../../harness/client.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import { Blocked, NotReached } from '../../harness/test.ts';
import { day } from './waiting.ts';

const wholeSecondsMs = 2_000;

/**
 * The rows of the table for which a filter holds, with the given columns, of all pages. Blocks the
 * check where the query is not answered.
 *
 * @param fields further fields of each request
 */
export async function findRows(
  client: Client,
  filter: string,
  columns: readonly string[],
  fields: readonly (readonly [string, string])[] = [],
): Promise<JsonObject[]> {
  const query = `${table.set}?$select=${columns.join(',')}&$filter=${encodeURIComponent(filter)}`;
  const rows: JsonObject[] = [];
  let answer = await client.api('GET', query, { headers: fields });
  for (;;) {
    const { value, '@odata.nextLink': next } = answer.object() ?? {};
    if (answer.status !== 200 || !Array.isArray(value)) throw new Blocked('table.filter', answer.describe());
    rows.push(...(value as unknown[]).filter(isObject));
    if (typeof next !== 'string') return rows;
    answer = await client.follow(next, fields);
  }
}

/**
 * The rows whose inputs hold a text, of those created since a moment of the target's clock: less two
 * seconds, since a target may keep whole seconds. In real time less a day, since the moment is told by
 * the suite's own clock.
 */
export async function rowsHolding(
  { client, clock }: Pick<CheckTools, 'client' | 'clock'>,
  text: string,
  since: number,
): Promise<JsonObject[]> {
  const from = new Date(since - (clock.virtual ? wholeSecondsMs : day)).toISOString();
  const rows = await findRows(client, `createdon ge ${from}`, [table.key, 'createdon', 'inputparameters']);
  return rows.filter((row) => String(row['inputparameters'] ?? '').includes(text));
}

/** What a read of an operation's row gives; undefined where there is no row, which is noted. */
export async function ifThere<T>(operation: Operation, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof NotReached) || error.blockedBy !== 'submit.row-exists') throw error;
    operation.accepted.note(error.blockedBy, error.why, error.certain);
    return undefined;
  }
}
