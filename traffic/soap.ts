import { guid } from './resource.ts';

/** What a request to the organization service asks for, as far as it is about background operations. */
export type SoapRequest =
  | {
      readonly kind: 'execute';
      /** Names of the parameters of `ExecuteBackgroundOperation`. */
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
  if (!/>\s*backgroundoperation\s*</i.test(body)) return undefined;
  const id = new RegExp(`<${prefix}Id(?:\\s[^>]*)?>\\s*(${guid})\\s*<`, 'i').exec(body)?.[1]?.toLowerCase();
  if (new RegExp(`<${prefix}Update\\b|RequestName>\\s*Update\\s*<`).test(body))
    return id === undefined ? undefined : { kind: 'update', id, codes: codesSet(body) };
  if (new RegExp(`<${prefix}Delete\\b|RequestName>\\s*Delete\\s*<`).test(body))
    return id === undefined ? undefined : { kind: 'delete', id };
  if (!/Retrieve/.test(body)) return undefined;
  return {
    kind: 'retrieve',
    id,
    allColumns: new RegExp(`<${prefix}AllColumns>\\s*true\\s*<`).test(body),
  };
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
  return [...text.matchAll(new RegExp(`<${prefix}key>\\s*([^<]+?)\\s*<`, 'g'))].map(([, name = '']) => name);
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
