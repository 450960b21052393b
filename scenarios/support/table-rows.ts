import { table } from '../../contract/vocabulary.ts';
import { isObject, type Answer, type JsonObject } from '../../harness/answer.ts';
import type { Client } from '../../harness/client.ts';
import type { Operation } from '../../harness/operation.ts';
import { Broken, expect } from '../../harness/test.ts';

/** Query options by name, values not yet encoded. */
export type QueryOptions = Readonly<Record<string, string>>;

type Fields = readonly (readonly [string, string])[];

const mostPages = 500;

/** The collection's resource relative to the service root, its options percent-encoded. */
export function collection(options: QueryOptions, set: string = table.set): string {
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return query.length === 0 ? set : `${set}?${query.join('&')}`;
}

/** One page of a collection, as it came. */
export interface Page {
  readonly answer: Answer;
  readonly rows: readonly JsonObject[];
  /** Where the next page is; undefined on the last one. */
  readonly next: string | undefined;
}

/** Reads a page; the check fails where the answer is none. */
export function readPage(answer: Answer): Page {
  const asked = decodeURIComponent(new URL(answer.request.url).search);
  expect(answer.status, `the status of GET ${table.set}${asked}`).toBe(200);
  const body = answer.object() ?? {};
  const { value, '@odata.nextLink': next } = body;
  if (!Array.isArray(value))
    throw new Broken(`the body of GET ${table.set}${asked}`, 'an array "value"', answer.body);
  return {
    answer,
    rows: (value as unknown[]).filter(isObject),
    next: typeof next === 'string' ? next : undefined,
  };
}

/** Follows a collection through all its pages. */
export async function readPages(
  client: Client,
  options: QueryOptions,
  headers: Fields = [],
): Promise<Page[]> {
  const pages = [readPage(await client.api('GET', collection(options), { headers }))];
  for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next) {
    if (pages.length >= mostPages)
      throw new Broken('the pages of a query', 'an end of them', `${mostPages} pages, and still a nextLink`);
    pages.push(readPage(await client.follow(next, headers)));
  }
  return pages;
}

/** The rows of a query, of all its pages. */
export async function readRows(client: Client, options: QueryOptions): Promise<JsonObject[]> {
  return (await readPages(client, options)).flatMap((page) => page.rows);
}

/** The id of a row, lower case; empty where it shows none. */
export function idOf(row: JsonObject): string {
  const id = row[table.key];
  return typeof id === 'string' ? id.toLowerCase() : '';
}

/** A filter that holds for exactly these operations. */
export function anyOf(operations: readonly Operation[]): string {
  return operations.map(({ id }) => `${table.key} eq ${id}`).join(' or ');
}
