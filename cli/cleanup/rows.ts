import { isObject, type Answer, type JsonObject } from '../../harness/answer.ts';
import type { Client } from '../../harness/client.ts';

/** The rows of a collection, or the answer that was none. */
export type Listed = { readonly rows: readonly JsonObject[] } | { readonly refused: Answer };

/** More pages than any collection here has: the end of a target whose pages never end. */
const mostPages = 1_000;

/** Reads a collection of the Web API, page after page. */
export async function listRows(client: Client, resource: string): Promise<Listed> {
  const rows: JsonObject[] = [];
  let answer = await client.api('GET', resource);
  for (let page = 0; page < mostPages; page += 1) {
    const { value, '@odata.nextLink': next } = answer.object() ?? {};
    if (answer.status !== 200 || !Array.isArray(value)) return { refused: answer };
    rows.push(...(value as unknown[]).filter(isObject));
    if (typeof next !== 'string') break;
    answer = await client.follow(next);
  }
  return { rows };
}
