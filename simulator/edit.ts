import { members } from '../contract/vocabulary.ts';
import type { PlainAnswer, PlainRequest } from './plain.ts';
import { isJsonObject, jsonObject } from './plain.ts';

/** A JSON object that an edit may change or replace. */
export type JsonRecord = Record<string, unknown>;

/** The answer with another JSON body: `edit` changes the object, or returns another. No JSON: unchanged. */
export function editJson(
  answer: PlainAnswer,
  edit: (json: JsonRecord) => JsonRecord | undefined,
): PlainAnswer {
  const json = jsonObject(answer.body);
  if (json === undefined) return answer;
  return { ...answer, body: JSON.stringify(edit(json) ?? json) };
}

/** The object without these members. */
export function withoutMembers(json: JsonRecord, ...names: readonly string[]): JsonRecord {
  return Object.fromEntries(Object.entries(json).filter(([name]) => !names.includes(name)));
}

const ownMembers: ReadonlySet<string> = new Set(Object.values(members));

/** The monitor's JSON with each of its outputs edited; the members of the contract stay as they are. */
export function editOutputs(monitor: JsonRecord, edit: (value: unknown) => unknown): JsonRecord {
  return Object.fromEntries(
    Object.entries(monitor).map(([name, value]) => [name, ownMembers.has(name) ? value : edit(value)]),
  );
}

/** The answer with each of its rows edited: the one of a row, or all of a collection. */
export function editRows(
  answer: PlainAnswer,
  edit: (row: JsonRecord) => JsonRecord | undefined,
): PlainAnswer {
  return editJson(answer, (json) => {
    if (!Array.isArray(json.value)) return edit(json);
    return {
      ...json,
      value: json.value.map((row: unknown) => (isJsonObject(row) ? (edit(row) ?? row) : row)),
    };
  });
}

/** The answer without the fields of this name. */
export function withoutHeader(answer: PlainAnswer, name: string): PlainAnswer {
  const unwanted = name.toLowerCase();
  return { ...answer, headers: answer.headers.filter(([each]) => each.toLowerCase() !== unwanted) };
}

/** The answer with one field of this name. */
export function withHeader(answer: PlainAnswer, name: string, value: string): PlainAnswer {
  return { ...answer, headers: [...withoutHeader(answer, name).headers, [name, value]] };
}

/** The answer with another status and this JSON body. */
export function withJson(answer: PlainAnswer, status: number, body: object): PlainAnswer {
  const typed = withHeader(answer, 'Content-Type', 'application/json');
  return { ...typed, status, body: JSON.stringify(body) };
}

/**
 * The request with another value of a query option, e.g. `$filter`: `edit` gets the decoded value
 * and gives the new one, undefined to drop the option. Without the option: unchanged.
 */
export function editQuery(
  request: PlainRequest,
  option: string,
  edit: (value: string) => string | undefined,
): PlainRequest {
  const parts = request.query.split('&').flatMap((part) => {
    const equals = part.indexOf('=');
    const name = decode(equals < 0 ? part : part.slice(0, equals));
    if (name !== option) return [part];
    const value = edit(decode(equals < 0 ? '' : part.slice(equals + 1)));
    return value === undefined ? [] : [`${encodeURIComponent(option)}=${encodeURIComponent(value)}`];
  });
  return { ...request, query: parts.join('&') };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
