import { guid } from './resource.ts';

/** What a request to the organization service asks for, as far as it is about background operations. */
export type SoapRequest =
  | {
      readonly kind: 'execute';
      /** Names of the parameters of `ExecuteBackgroundOperation` that have a value. */
      readonly parameters: readonly string[];
      readonly callbackUri: string | undefined;
      /** The message that is to run in the background. */
      readonly message: string | undefined;
    }
  | { readonly kind: 'retrieve'; readonly id: string | undefined; readonly allColumns: boolean }
  | { readonly kind: 'delete'; readonly id: string }
  | { readonly kind: 'update'; readonly id: string; readonly codes: ReturnType<typeof codesSet> };

const prefix = '(?:[\\w.-]+:)?';

/** Reads the envelope of a request; undefined where it is about something else. */
export function soapRequestOf(body: string | undefined): SoapRequest | undefined {
  if (body === undefined) return undefined;
  if (new RegExp(`RequestName>\\s*ExecuteBackgroundOperation\\s*<`).test(body)) {
    const { outer, inner } = withoutInner(body);
    const callback = new RegExp(
      `<${prefix}key>\\s*CallbackUri\\s*</${prefix}key>\\s*<${prefix}value[^>]*>([^<]*)<`,
    ).exec(outer)?.[1];
    return {
      kind: 'execute',
      parameters: keysIn(outer),
      callbackUri: callback,
      message: new RegExp(`<${prefix}RequestName>([^<]+)<`).exec(inner)?.[1]?.trim(),
    };
  }
  const fetchXml = fetchXmlIn(body);
  const about =
    fetchXml === undefined ? />\s*backgroundoperation\s*</i : /<entity\s[^>]*["']backgroundoperation["']/i;
  if (!about.test(fetchXml ?? body)) return undefined;
  const id = new RegExp(`<${prefix}Id(?:\\s[^>]*)?>\\s*(${guid})\\s*<`, 'i').exec(body)?.[1]?.toLowerCase();
  if (new RegExp(`<${prefix}Update\\b|RequestName>\\s*Update\\s*<`).test(body))
    return id === undefined ? undefined : { kind: 'update', id, codes: codesSet(body) };
  if (new RegExp(`<${prefix}Delete\\b|RequestName>\\s*Delete\\s*<`).test(body))
    return id === undefined ? undefined : { kind: 'delete', id };
  if (!/Retrieve/.test(body)) return undefined;
  return {
    kind: 'retrieve',
    id: /RetrieveMultiple/.test(body) ? idOfQuery(body, fetchXml) : id,
    allColumns:
      fetchXml === undefined
        ? new RegExp(`<${prefix}AllColumns>\\s*(?:true|1)\\s*<`).test(body)
        : !/<(?:attribute|no-attrs)\b/i.test(fetchXml),
  };
}

/** The query of a FetchExpression; undefined where the body has none. */
function fetchXmlIn(body: string): string | undefined {
  const escaped = new RegExp(`<${prefix}Query>\\s*(&lt;.*?)</${prefix}Query>`, 's').exec(body)?.[1];
  return escaped
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

/** The one operation that a query asks for by its key; undefined where it asks for several, or otherwise. */
function idOfQuery(body: string, fetchXml: string | undefined): string | undefined {
  const asked =
    fetchXml ?? body.replaceAll(new RegExp(`<${prefix}RequestId[^>]*>[^<]*</${prefix}RequestId>`, 'g'), '');
  const byKey =
    fetchXml === undefined
      ? new RegExp(
          `<${prefix}AttributeName>\\s*backgroundoperationid\\s*<|<${prefix}Attributes\\b[^>]*>\\s*<${prefix}string>\\s*backgroundoperationid\\s*<`,
        )
      : /<condition\s[^>]*attribute\s*=\s*["']backgroundoperationid["']/i;
  const ids = new Set(asked.match(new RegExp(guid, 'gi'))?.map((one) => one.toLowerCase()));
  const [one] = ids;
  return ids.size === 1 && byKey.test(asked) ? one : undefined;
}

/** The nested request has parameters of its own: they are taken out. */
function withoutInner(body: string): { outer: string; inner: string } {
  const found = new RegExp(
    `<${prefix}key>\\s*Request\\s*</${prefix}key>\\s*(<(${prefix}value)\\b[^>]*>.*?</\\2>(?=\\s*</${prefix}KeyValuePair))`,
    's',
  ).exec(body);
  if (found === null) return { outer: body, inner: '' };
  const start = found.index + found[0].length - (found[1]?.length ?? 0);
  const value = wholeValue(body.slice(start), found[2] ?? 'value');
  return { outer: `${body.slice(0, start)}${body.slice(start + value.length)}`, inner: value };
}

/** The element that a text begins with, with all elements of its name within. */
function wholeValue(text: string, name: string): string {
  let depth = 0;
  for (const match of text.matchAll(new RegExp(`<(/?)${name}\\b[^>]*?(/?)>`, 'g'))) {
    if (match[2] === '/') continue;
    depth += match[1] === '/' ? -1 : 1;
    if (depth === 0) return text.slice(0, match.index + match[0].length);
  }
  return text;
}

function keysIn(text: string): string[] {
  const withValue = `<${prefix}key>\\s*([^<]+?)\\s*</${prefix}key>(?!\\s*<${prefix}value\\s[^>]*\\bnil\\s*=\\s*["']true)`;
  return [...text.matchAll(new RegExp(withValue, 'g'))].map(([, name = '']) => name);
}

/** The id of the operation that an answer of `ExecuteBackgroundOperation` gives; undefined for a fault. */
export function soapOperationId(body: string | undefined): string | undefined {
  return new RegExp(`BackgroundOperationId\\s*</${prefix}key>\\s*<${prefix}value[^>]*>\\s*(${guid})`, 'i')
    .exec(body ?? '')?.[1]
    ?.toLowerCase();
}

/** The codes that a retrieved row shows, as option set values; undefined where they are not there. */
export function soapCodes(body: string | undefined): { state: number; status: number } | undefined {
  const state = optionOf(body, 'backgroundoperationstatecode');
  const status = optionOf(body, 'backgroundoperationstatuscode');
  return state === undefined || status === undefined ? undefined : { state, status };
}

/** The codes that an Update sets; undefined where it sets neither. */
function codesSet(body: string): { state: number | undefined; status: number | undefined } | undefined {
  const state = optionOf(body, 'backgroundoperationstatecode');
  const status = optionOf(body, 'backgroundoperationstatuscode');
  return state === undefined && status === undefined ? undefined : { state, status };
}

function optionOf(body: string | undefined, column: string): number | undefined {
  const found = new RegExp(
    `<${prefix}key>\\s*${column}\\s*</${prefix}key>\\s*<${prefix}value[^>]*>\\s*<${prefix}Value>\\s*(\\d+)`,
  ).exec(body ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}
