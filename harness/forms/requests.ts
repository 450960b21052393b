import { formattedValue, headers, paths, table } from '../../contract/vocabulary.ts';
import type { WireRequest } from '../answer.ts';

/** What a request is for, as far as its address tells. */
export type Asked = 'monitor' | 'row' | 'rows' | 'organization service' | 'other';

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const kinds: readonly (readonly [Asked, RegExp])[] = [
  ['monitor', new RegExp(`^${paths.monitor}${guid}$`, 'i')],
  ['row', new RegExp(`/${table.set}\\(${guid}\\)$`, 'i')],
  ['rows', new RegExp(`/${table.set}$`)],
  ['organization service', /^\/XRMServices\//i],
];

/** What a request is for. */
export function askedIn({ url }: WireRequest): Asked {
  const path = /^https?:\/\/[^/]*([^?#]*)/i.exec(url)?.[1] ?? '';
  return kinds.find(([, pattern]) => pattern.test(path))?.[0] ?? 'other';
}

/** The values of the `Prefer` fields of a request. */
export function preferOf({ headers: fields }: WireRequest): readonly string[] {
  return fields.filter(([name]) => name.toLowerCase() === 'prefer').map(([, value]) => value);
}

/** Whether a request asks for a background operation; undefined where it asks for a callback alone, or by the connector's header. */
export function asksForBackground(request: WireRequest): boolean | undefined {
  const values = preferOf(request);
  if (values.some((value) => /respond-async/i.test(value))) return true;
  return values.some((value) => /callback/i.test(value)) || namesCallback(request) ? undefined : false;
}

/** The custom API that a request calls, or whatever its path ends with. */
export function calledBy({ url }: WireRequest): string {
  return /([^/?#.()]*)(?:[?#].*)?$/.exec(url)?.[1] ?? '';
}

/** Whether a request has the connector's header for a callback. */
export function namesCallback({ headers: fields }: WireRequest): boolean {
  return fields.some(([name]) => name.toLowerCase() === headers.callbackUrl);
}

/** Whether the formatted values are asked for just as it is documented, and nothing else; undefined where annotations are asked for otherwise. */
export function asksForLabels(request: WireRequest): boolean | undefined {
  const values = preferOf(request);
  if (values.length === 1 && values[0] === `odata.include-annotations="${formattedValue}"`) return true;
  return values.some((value) => /annotations/i.test(value)) ? undefined : false;
}

/** A query option of a request; undefined where it has none of this name, or several. */
export function optionOf({ url }: WireRequest, name: string): string | undefined {
  const values = new URL(url).searchParams.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}

const ownOptions: ReadonlySet<string> = new Set(['$select', '$filter', '$orderby', '$top', '$count']);

/** Whether a list is asked for by a link of the target: with a query option that the suite does not use. */
export function isFurtherPage({ url }: WireRequest): boolean {
  return [...new URL(url).searchParams.keys()].some((name) => !ownOptions.has(name));
}
