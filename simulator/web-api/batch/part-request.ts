import { depthHeader } from '../../http/depth.ts';
import type { PlainRequest } from '../../plain.ts';
import type { ApiError } from '../errors.ts';
import { batchErrors } from './errors.ts';
import type { BatchRequest } from './read.ts';

/** Headers of a batch that apply to each of its requests, unless the part sets them itself. */
const inherited = ['mscrmcallerid', 'callerobjectid'];

/** Headers that a part cannot set: they are always those of the batch. */
const ofTheBatch = ['authorization', depthHeader];

/** Characters that the URL of a part may have; outside a batch it is half of that. */
const longestUrl = 65_536;

/** The request that a part stands for, or why it cannot be sent. */
export type PartRequest =
  | { readonly request: PlainRequest; readonly error?: never }
  | { readonly error: ApiError; readonly request?: never };

/**
 * Makes the request of a part: resolves its URL and its `Content-ID` references (`$1` as URL and in
 * `@odata.bind`), and adds the headers of the batch.
 *
 * @param references the URLs of what earlier requests of the change set created, by `Content-ID`
 */
export function partRequest(
  part: BatchRequest,
  batch: PlainRequest,
  root: string,
  references: ReadonlyMap<string, string>,
): PartRequest {
  let missing: string | undefined;
  const resolved = (id: string): string => {
    const url = references.get(id);
    if (url === undefined) missing ??= id;
    return url ?? '';
  };
  const url = part.url.replace(/^\/?\$(\d[\w.-]*)(?=$|[/?(])/, (_all, id: string) => resolved(id));
  const body = part.body.replace(
    /("[^"\\]*@odata\.bind"\s*:\s*")\/?\$([\w.-]+)/g,
    (_all, before: string, id: string) => `${before}${resolved(id)}`,
  );
  if (missing !== undefined) return { error: batchErrors.noContentId(missing) };
  if (url.length > longestUrl) return { error: batchErrors.badBatch(tooLong(url.length)) };
  const address = URL.canParse(url, root) ? new URL(url, root) : undefined;
  if (address === undefined || address.host !== new URL(root).host)
    return {
      error: batchErrors.badBatch(`The address '${url.slice(0, 200)}' is not one of this organization.`),
    };
  if (/\/(?:\$|%24)batch$/i.test(address.pathname))
    return { error: batchErrors.badBatch('A batch may not contain another batch.') };
  const headers: Record<string, string | undefined> = {};
  for (const name of inherited) headers[name] = batch.headers[name];
  Object.assign(headers, part.headers);
  for (const name of ofTheBatch) headers[name] = batch.headers[name];
  return {
    request: {
      ...batch,
      method: part.method,
      path: address.pathname,
      query: address.search.slice(1),
      headers,
      prefer: part.headers.prefer === undefined ? [] : [part.headers.prefer],
      body,
    },
  };
}

function tooLong(length: number): string {
  return `The URL of a request in a batch may have ${longestUrl} characters, this one has ${length}.`;
}
