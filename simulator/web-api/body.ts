import { parseExact } from '../http/exact-json.ts';
import { strictJson } from '../http/lenient-json.ts';
import { isJsonObject } from '../plain.ts';
import { capacityErrors } from './capacity-errors.ts';
import type { ApiError } from './errors.ts';
import { errors } from './errors.ts';

/** A body read as a JSON object, or why it is none. An empty body is an empty object. */
export type ReadBody =
  | { readonly value: Readonly<Record<string, unknown>>; readonly error?: never }
  | { readonly error: ApiError; readonly value?: never };

/** Levels that a body may be nested; what is deeper would take memory out of all proportion to its length. */
const deepest = 256;
/** Members that a body may have in all: each takes microseconds, in which nobody else is served. */
const mostMembers = 100_000;

/** Reads a body as Dataverse's OData layer does. A byte order mark before it is passed over (RFC 8259, 8.1). */
export function readBody(body: string): ReadBody {
  const text = body.startsWith('\uFEFF') ? body.slice(1) : body;
  if (text.trim() === '') return { value: {} };
  return readStrictly(text) ?? readStrictly(strictJson(text)) ?? { error: errors.notJson() };
}

/** Undefined for what is not JSON. */
function readStrictly(text: string): ReadBody | undefined {
  const members = membersOf(text);
  if (members === undefined) return undefined;
  if (members > mostMembers) return { error: capacityErrors.tooManyMembers(mostMembers) };
  let value: unknown;
  try {
    value = parseExact(text);
  } catch {
    return undefined;
  }
  return isJsonObject(value) ? { value } : { error: errors.notAnObject() };
}

/**
 * How many members all objects of a JSON text have; undefined where it is nested too deep. Looked at before
 * anything is built from it, sign by sign: a pattern would need a stack for long texts.
 */
function membersOf(text: string): number | undefined {
  let depth = 0;
  let members = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === quote) quoted = !quoted;
    else if (quoted) at += sign === backslash ? 1 : 0;
    else if (sign === openBracket || sign === openBrace) depth += 1;
    else if (sign === closeBracket || sign === closeBrace) depth -= 1;
    else if (sign === colon) members += 1;
    if (depth > deepest) return undefined;
  }
  return members;
}

const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace, colon] = [
  34, 92, 91, 93, 123, 125, 58,
];
