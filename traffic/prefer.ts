import { preferences as names } from '../contract/vocabulary.ts';
import { headerIn, type TrafficMessage } from './exchange.ts';

/** A parameter of a preference, or its own value. */
interface PreferenceValue {
  readonly value: string;
  readonly quoted: boolean;
}

/** One preference of a `Prefer` field, as it was written. */
export interface SentPreference {
  /** In lower case. */
  readonly name: string;
  readonly value: PreferenceValue | undefined;
  /** By name in lower case. */
  readonly parameters: ReadonlyMap<string, PreferenceValue>;
}

/** The preferences of a request, as RFC 7240 reads them; what is malformed is read as far as it can be. */
export function preferencesOf(message: TrafficMessage): SentPreference[] {
  return split(headerIn(message, 'prefer') ?? '', ',')
    .map((text) => split(text, ';').flatMap(unspaced).map(pairOf))
    .flatMap(([first, ...rest]) =>
      first === undefined || first.name === ''
        ? []
        : [
            {
              name: first.name,
              value: first.value,
              parameters: new Map(
                rest.flatMap(({ name, value }) => (name === '' ? [] : [[name, value ?? empty] as const])),
              ),
            },
          ],
    );
}

const empty: PreferenceValue = { value: '', quoted: false };

/** Splits outside of quoted strings. */
function split(text: string, separator: ',' | ';'): string[] {
  return (
    text.match(separator === ',' ? /(?:"(?:\\.|[^"\\])*"?|[^",])+/gs : /(?:"(?:\\.|[^"\\])*"?|[^";])+/gs) ??
    []
  ).map((part) => part.trim());
}

/** Names that only white space keeps apart: what follows the first is taken for a parameter of it. */
function unspaced(text: string): string[] {
  return /^[^"=]*$/.test(text) ? text.split(/\s+/) : [text];
}

function pairOf(text: string): { name: string; value: PreferenceValue | undefined } {
  const at = text.indexOf('=');
  if (at < 0) return { name: text.toLowerCase(), value: undefined };
  const written = text.slice(at + 1).trim();
  const quoted = /^"(.*)"$/s.exec(written)?.[1];
  return {
    name: text.slice(0, at).trim().toLowerCase(),
    value:
      quoted === undefined
        ? { value: written, quoted: false }
        : { value: quoted.replace(/\\(.)/gs, '$1'), quoted: true },
  };
}

/** How a request asks for a callback by preference; undefined where it does not. */
export function callbackAskedBy(
  preferences: readonly SentPreference[],
): { readonly name: string; readonly url: PreferenceValue | undefined; readonly apart: boolean } | undefined {
  for (const { name, value, parameters } of preferences) {
    // The documented name takes its address as `url` only; another name may well have it as its value.
    const own = name === names.callback ? undefined : value;
    if (isCallback(name)) return { name, url: parameters.get('url') ?? own, apart: true };
    const within = [...parameters.keys()].find(isCallback);
    if (within !== undefined) return { name: within, url: parameters.get('url'), apart: false };
  }
  // `odata.callback, url="…"`: the comma made a preference of the parameter.
  return callbackByAnotherName(preferences);
}

/** What takes an address is meant for a callback, whatever it is called. */
function callbackByAnotherName(preferences: readonly SentPreference[]): ReturnType<typeof callbackAskedBy> {
  for (const { name, value, parameters } of preferences) {
    const url = [...parameters.values(), ...(value === undefined ? [] : [value])].find((one) =>
      /^'?https?:\/\//i.test(one.value),
    );
    if (url !== undefined) return { name, url, apart: true };
  }
  return undefined;
}

/** Whether a preference is run together with the one before it: a semicolon makes a parameter of it. */
export function isParameter(preferences: readonly SentPreference[], wanted: string): boolean {
  return preferences.some(({ parameters }) => parameters.has(wanted));
}

function isCallback(name: string): boolean {
  // As it is documented, as OData has it besides, and as it is mistyped.
  return /^(?:odata\W?)?callback(?:-?url)?$/.test(name);
}
