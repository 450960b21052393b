import { stateLabels, statusLabels } from '../../contract/vocabulary.ts';
import { isObject, type JsonObject } from '../answer.ts';
import { show } from '../expect.ts';

/** A value that was found although its form is wrong, with what is wrong; `odd` absent where all is right. */
export interface FoundValue<T> {
  readonly value: T;
  /** "expected …, got …" in words. */
  readonly odd?: string;
}

/**
 * The member of a body by its name, or by one that is meant for it: in another case, with other
 * punctuation, without its prefix, misspelt by a letter, or one level further down.
 */
export function findMember(body: JsonObject, name: string): FoundValue<unknown> | undefined {
  if (Object.hasOwn(body, name)) return { value: body[name] };
  const alike = nameLike(Object.keys(body), name);
  if (alike !== undefined)
    return { value: body[alike], odd: `expected a member ${name}, got one called ${alike}` };
  for (const [outer, inner] of Object.entries(body)) {
    if (!isObject(inner)) continue;
    const key = Object.hasOwn(inner, name) ? name : nameLike(Object.keys(inner), name);
    if (key !== undefined)
      return { value: inner[key], odd: `expected a member ${name} at the top level, got ${outer}.${key}` };
  }
  return undefined;
}

/** A whole number, also one that is written as text or as the label of a code. */
export function integerIn(value: unknown, name: string): FoundValue<number> | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return { value };
  if (typeof value !== 'string') return undefined;
  const odd = `expected ${name} to be an integer, got ${show(value)}`;
  if (/^[+-]?\d+(?:\.0+)?$/.test(value.trim())) return { value: Number(value), odd };
  const code = labels.get(plain(value));
  return code === undefined ? undefined : { value: code, odd };
}

const labels = new Map<string, number>(
  [...Object.entries(stateLabels), ...Object.entries(statusLabels)].map(([code, label]) => [
    plain(label),
    Number(code),
  ]),
);

/** Shorter endings than this are not taken for a name without its prefix. */
const leastEnding = 9;

function nameLike(keys: readonly string[], name: string): string | undefined {
  const wanted = plain(name);
  const same = keys.find((key) => plain(key) === wanted);
  if (same !== undefined) return same;
  const ending = keys.find((key) => plain(key).length >= leastEnding && wanted.endsWith(plain(key)));
  return ending ?? keys.find((key) => differByALetter(plain(key), wanted));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Whether one text becomes the other by adding, dropping or changing one letter, or by swapping two. */
function differByALetter(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length !== long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return (
    short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
  );
}
