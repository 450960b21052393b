import type { CustomApi, RequestParameter } from '../custom-apis/custom-api.ts';
import { parseExact } from '../http/exact-json.ts';
import { strictJson } from '../http/lenient-json.ts';
import type { ReadBody } from './body.ts';
import { errors } from './errors.ts';
import { readOptions } from './query/options.ts';

/**
 * Reads the arguments of a function, `(P1='text',P2=@p)` or nothing, as the members of a body. Aliases stand in the
 * query. What they mean for the function's parameters is for the reader of the body to judge.
 */
export function readArguments(api: Pick<CustomApi, 'parameters'>, text: string, query: string): ReadBody {
  const inside = /^(?:\(([^]*)\))?$/.exec(text);
  if (inside === null) return { error: errors.noSegment(text) };
  const options = readOptions(query);
  if (!options.ok) return { error: options.error };
  const value: Record<string, unknown> = {};
  for (const part of splitArguments(inside[1] ?? '')) {
    const [, name, written] = /^\s*(\w+)\s*=([^]*)$/.exec(part) ?? [];
    if (name === undefined || written === undefined)
      return { error: errors.badSyntax(`'${part}' is not an argument of the form Name=Value.`) };
    const literal = written.trim();
    const alias = literal.startsWith('@') ? options.value.aliases.get(literal) : literal;
    const parameter = api.parameters.find(({ uniqueName }) => uniqueName === name);
    const read = literalValue(alias?.trim() ?? 'null', parameter);
    if (read === undefined)
      return { error: errors.badSyntax(`The value '${literal}' of '${name}' is not a literal of its type.`) };
    value[name] = read;
  }
  return { value };
}

/** Splits at commas outside quotes and brackets. */
function splitArguments(text: string): string[] {
  if (text.trim() === '') return [];
  const parts = [''];
  let depth = 0;
  let quote = '';
  for (const sign of text) {
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === "'" || sign === '"') quote = sign;
    else if ('{[('.includes(sign)) depth++;
    else if ('}])'.includes(sign)) depth--;
    if (sign === ',' && depth === 0 && quote === '') parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

/** A literal of a URL as JSON has it; undefined if it is none. Rows and lists are JSON, which may be quoted singly. */
function literalValue(text: string, parameter: RequestParameter | undefined): unknown {
  const quoted = /^'((?:[^']|'')*)'$/.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  if (/^[{[]/.test(text)) return jsonOf(text) ?? jsonOf(strictJson(text));
  // These two are written without quotes, as a name is.
  if (parameter?.type === 'Guid' || parameter?.type === 'DateTime') return text === 'null' ? null : text;
  return jsonOf(text);
}

function jsonOf(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}
