import { isObject, type Answer, type JsonObject } from '../../harness/answer.ts';
import type { Client } from '../../harness/client.ts';

/** The rows of a collection; `unfinished` says why there may be more. Or the answer that was none. */
export type Listed =
  { readonly rows: readonly JsonObject[]; readonly unfinished?: string } | { readonly refused: Answer };

/** More rows than any target with leftovers of runs has: the end of one whose pages never end. */
const mostRows = 1_000_000;

/** The same for pages that are nearly empty. */
const mostPages = 100_000;

/** The same for pages that stay empty, one after the other. */
const mostEmptyPages = 2_000;

/**
 * Reads a collection of the Web API, page after page.
 *
 * @param kept the rows that are wanted; the others take no memory
 */
export async function listRunRows(
  client: Client,
  resource: string,
  kept: (row: JsonObject) => boolean = () => true,
): Promise<Listed> {
  const rows: JsonObject[] = [];
  const followed = new Set<string>();
  let seen = 0;
  let empty = 0;
  let answer = await client.api('GET', resource);
  for (;;) {
    const { value, '@odata.nextLink': next } = answer.object() ?? {};
    if (answer.status !== 200 || !Array.isArray(value)) {
      return followed.size === 0
        ? { refused: answer }
        : { rows, unfinished: `a page of it was refused: ${answer.describe()}` };
    }
    seen += value.length;
    empty = value.length === 0 ? empty + 1 : 0;
    rows.push(...(value as unknown[]).filter(isObject).filter(kept));
    if (typeof next !== 'string') return { rows };
    if (followed.has(next)) return { rows, unfinished: 'its pages lead in a circle' };
    if (seen > mostRows || followed.size >= mostPages || empty > mostEmptyPages)
      return { rows, unfinished: `it has no end: ${seen} rows on ${followed.size + 1} pages were read` };
    followed.add(next);
    answer = await client.follow(next);
  }
}
