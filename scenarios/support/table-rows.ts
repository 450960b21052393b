import { table } from '../../contract/vocabulary.ts';
import { isObject, type Answer, type JsonObject } from '../../harness/answer.ts';
import type { Client } from '../../harness/client.ts';
import type { Operation } from '../../harness/operation.ts';
import { Blocked, Broken, expect } from '../../harness/test.ts';

/** Query options by name, values not yet encoded. */
export type QueryOptions = Readonly<Record<string, string>>;

type Fields = readonly (readonly [string, string])[];

const mostPages = 200;

/** The collection's resource relative to the service root, its options percent-encoded. */
export function collectionPath(options: QueryOptions, set: string = table.set): string {
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return query.length === 0 ? set : `${set}?${query.join('&')}`;
}

/** One page of a collection, as it came. */
export interface RowPage {
  readonly answer: Answer;
  readonly rows: readonly JsonObject[];
  /** Where the next page is; undefined on the last one. */
  readonly next: string | undefined;
}

/** The query of a request in words, for subjects. */
function asked(answer: Answer): string {
  return `GET ${table.set}${readable(new URL(answer.request.url).search)}`;
}

/** A query without its percent-encoding; as it is where a target's link is encoded wrongly. */
function readable(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}

/** Reads a page; blocks the check where the answer is none. */
export function readPage(answer: Answer): RowPage {
  const { value, '@odata.nextLink': next } = answer.object() ?? {};
  if (answer.status !== 200 || !Array.isArray(value)) throw new Blocked('table.filter', answer.describe());
  return {
    answer,
    rows: (value as unknown[]).filter(isObject),
    next: typeof next === 'string' ? next : undefined,
  };
}

/** As {@link readPage}, where the page itself is what the check judges. */
export function expectPage(answer: Answer): RowPage {
  expect(answer, 'status', `the status of ${asked(answer)}`).toBe(200);
  const { value } = answer.object() ?? {};
  expect(value, `"value" of the answer to ${asked(answer)}`, answer).toSatisfy(
    Array.isArray(value),
    'an array',
  );
  return readPage(answer);
}

/** Follows a collection through all its pages, each as the check wants it. */
export async function followPages(
  client: Client,
  options: QueryOptions,
  headers: Fields = [],
): Promise<RowPage[]> {
  const pages = [expectPage(await client.api('GET', collectionPath(options), { headers }))];
  for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next) {
    if (pages.length >= mostPages)
      throw new Broken('the pages of a query', 'an end of them', `${mostPages} pages, and still a nextLink`);
    pages.push(expectPage(await client.follow(next, headers)));
  }
  return pages;
}

/**
 * The row of an operation as the collection gives it, once it is there; blocks the check where it does
 * not come.
 */
export async function listedRow(
  client: Client,
  operation: Operation,
  options: QueryOptions = {},
  headers: Fields = [],
): Promise<{ readonly row: JsonObject; readonly answer: Answer }> {
  const resource = collectionPath({ ...options, $filter: `${table.key} eq ${operation.id}` });
  const read = async (): Promise<{ row: JsonObject | undefined; answer: Answer }> => {
    const { rows, answer } = readPage(await client.api('GET', resource, { headers }));
    return { row: rows.find((row) => rowId(row) === operation.id), answer };
  };
  const { row, answer } = await operation.consistent(read, (one) => one.row !== undefined);
  if (row === undefined) {
    await operation.row();
    throw new Blocked('table.filter', `the row is not in ${answer.describe()}`);
  }
  return { row, answer };
}

/** The id of a row, lower case; empty where it shows none. */
export function rowId(row: JsonObject): string {
  const id = row[table.key];
  return typeof id === 'string' ? id.toLowerCase() : '';
}

/** A filter that holds for exactly these operations. */
export function anyOf(operations: readonly Operation[]): string {
  return operations.map(({ id }) => `${table.key} eq ${id}`).join(' or ');
}

/**
 * Waits until a filter, by ids if there is no other, gives exactly these operations; blocks the check
 * where it does not, since order, count and pages of their rows cannot be judged then.
 */
export async function requireFound(
  client: Client,
  operations: readonly Operation[],
  $filter = anyOf(operations),
): Promise<void> {
  const resource = collectionPath({ $select: table.key, $filter });
  const wanted = operations.map(({ id }) => id).sort();
  const found = async (): Promise<string[]> =>
    readPage(await client.api('GET', resource))
      .rows.map(rowId)
      .sort();
  const right = (ids: readonly string[]): boolean => ids.join() === wanted.join();
  const ids = (await operations[0]?.consistent(found, right)) ?? [];
  if (right(ids)) return;
  for (const operation of operations) await operation.row();
  throw new Blocked('table.filter', `${ids.length} rows for ${wanted.length} ids`);
}
