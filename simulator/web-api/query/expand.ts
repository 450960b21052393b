import { failure, problems, success } from './problem.ts';
import type { InputResult } from './problem.ts';

/** One item of `$expand`: a navigation property, and the options in its parentheses as written. */
export interface ExpandItem {
  readonly name: string;
  /** Whether only the address is wanted: `name/$ref`. */
  readonly reference: boolean;
  /** By name with `$`. */
  readonly options: ReadonlyMap<string, string>;
}

/** How deep expansions may nest. */
const deepest = 10;

/**
 * Splits `$expand`, e.g. `Attributes($select=LogicalName;$filter=…),Keys`. What the options say is for whoever serves
 * the property to read. Errors: broken parentheses, an empty or repeated item, an option that is none.
 */
export function parseExpand(text: string): InputResult<readonly ExpandItem[]> {
  const items: ExpandItem[] = [];
  const parts = splitOutside(text, ',');
  if (parts === undefined) return failure(problems.syntax(text.length, text));
  for (const part of parts) {
    const [, name, reference, inside] = /^\s*([\w.]+)(\/\$ref)?\s*(?:\(([^]*)\))?\s*$/.exec(part) ?? [];
    if (name === undefined) return failure(problems.syntax(text.indexOf(part), text));
    if (items.some((item) => item.name === name)) return failure(problems.repeatedOption(`$expand=${name}`));
    const options = new Map<string, string>();
    for (const option of inside === undefined ? [] : (splitOutside(inside, ';') ?? [''])) {
      const [, key, value] = /^\s*(\$\w+)\s*=([^]*)$/.exec(option) ?? [];
      if (key === undefined || value === undefined) return failure(problems.syntax(text.indexOf(part), text));
      if (options.has(key)) return failure(problems.repeatedOption(key));
      options.set(key, value);
    }
    items.push({ name, reference: reference !== undefined, options });
  }
  return success(items);
}

/** Splits at a sign that stands in no parentheses and no quotes; undefined if those do not match, or nest too deep. */
export function splitOutside(text: string, separator: string): string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (sign === separator && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
    if (depth < 0 || depth > deepest) return undefined;
  }
  parts.push(text.slice(from));
  return depth === 0 && !quoted ? parts : undefined;
}
