import type { Json } from '../../core/operation.ts';
import { isExactNumber } from '../../http/exact-json.ts';
import type { Execution } from '../custom-api.ts';

/** A place in a text: `{{Name}}` or `{{$word}}`. */
const place = /\{\{\s*(\$?\w+)\s*\}\}/g;
const wholePlace = /^\{\{\s*(\$?\w+)\s*\}\}$/;

/** What stands for `{{$…}}`. */
const words: Readonly<Record<string, (execution: Execution) => Json>> = {
  $operationId: ({ operationId }) => operationId ?? '',
  $attempt: ({ attempt }) => attempt,
  $now: ({ now }) => new Date(now()).toISOString(),
  $guid: () => crypto.randomUUID(),
};

/** The words that may stand in a place, besides names of parameters. */
export const templateWords: readonly string[] = Object.keys(words);

/** The names in the places of a value, at any depth. */
export function placesIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [...value.matchAll(place)].map(([, name = '']) => name);
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return [];
  return (Array.isArray(value) ? value : Object.values(value)).flatMap((each: Json) => placesIn(each));
}

/**
 * A value with its places filled. A text that is one place and nothing else becomes the input itself, with its
 * type; undefined where that was not given, and left out of lists and objects. Within a text it is nothing.
 */
export function filled(value: Json, execution: Execution): Json | undefined {
  if (typeof value === 'string') {
    const [, whole] = wholePlace.exec(value) ?? [];
    if (whole !== undefined) return valueOf(whole, execution);
    return value.replace(place, (_all, name: string) => textOf(valueOf(name, execution)));
  }
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return value;
  if (Array.isArray(value)) {
    return value.map((each: Json) => filled(each, execution)).filter((each) => each !== undefined);
  }
  const members = Object.entries(value).map(([key, each]) => [key, filled(each as Json, execution)] as const);
  return Object.fromEntries(members.filter(([, each]) => each !== undefined)) as Json;
}

function valueOf(name: string, execution: Execution): Json | undefined {
  const word = words[name];
  if (word !== undefined) return word(execution);
  return Object.hasOwn(execution.inputs, name) ? execution.inputs[name] : undefined;
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
