import { isObject } from '../plain.ts';
import type { ApiError } from './errors.ts';
import { errors } from './errors.ts';

/** A body read as a JSON object, or why it is none. An empty body is an empty object. */
export type ReadBody =
  | { readonly value: Readonly<Record<string, unknown>>; readonly error?: never }
  | { readonly error: ApiError; readonly value?: never };

/** Reads a body as Dataverse's OData layer does. */
export function readBody(text: string): ReadBody {
  if (text.trim() === '') return { value: {} };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: errors.notJson() };
  }
  return isObject(value) ? { value } : { error: errors.notAnObject() };
}
