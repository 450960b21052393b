import type { Json, NamedValue, Operation } from '../core/operation.ts';
import { isExactNumber } from '../http/exact-json.ts';

/** About what an operation takes besides its texts and values, bytes. */
const rowBytes = 1_000;
/** About what a value takes besides its text. */
const valueBytes = 32;
/** A text may need two bytes a character. */
const characterBytes = 2;

/** About how much memory an operation takes at most, bytes. */
export function weightOf(operation: Operation): number {
  return textsOf(operation) + weightOfValues(operation.inputs) + weightOfValues(operation.outputs);
}

/** How much more an operation takes after a change; values that are the same are not looked at. */
export function weightAdded(before: Operation, after: Operation): number {
  const values = (which: 'inputs' | 'outputs'): number =>
    before[which] === after[which] ? 0 : weightOfValues(after[which]) - weightOfValues(before[which]);
  return textsOf(after) - textsOf(before) + values('inputs') + values('outputs');
}

function textsOf(operation: Operation): number {
  const { name, displayName, origin, callbackUrl, errorMessage, partitionId } = operation;
  const optional = (callbackUrl?.length ?? 0) + (errorMessage?.length ?? 0) + (partitionId?.length ?? 0);
  return rowBytes + characterBytes * (name.length + displayName.length + origin.length + optional);
}

function weightOfValues(values: readonly NamedValue[] | undefined): number {
  let sum = 0;
  for (const { Value } of values ?? []) sum += valueBytes + weightOfJson(Value);
  return sum;
}

function weightOfJson(value: Json): number {
  if (typeof value === 'string') return characterBytes * value.length;
  if (typeof value !== 'object' || value === null) return 0;
  if (isExactNumber(value)) return characterBytes * value.rawJSON.length;
  let sum = 0;
  if (Array.isArray(value))
    for (const each of value as readonly Json[]) sum += valueBytes + weightOfJson(each);
  else
    for (const [key, each] of Object.entries(value as Readonly<Record<string, Json>>))
      sum += valueBytes + characterBytes * key.length + weightOfJson(each);
  return sum;
}
