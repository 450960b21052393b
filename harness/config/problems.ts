import type { z } from 'zod';
import { excerpt } from '../mask/excerpt.ts';
import type { ConfigProblem } from './error.ts';
import { didYouMean } from './suggest.ts';

type Issue = z.core.$ZodIssue;

/** The problems in words, from zod's issues, the value that was checked and the schema's known keys. */
export function problemsOf(issues: readonly Issue[], input: unknown, schema: z.ZodType): ConfigProblem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, path, input);
      return issue.keys.map((key) => unknownKey([...path, key], known));
    }
    const value = valueAt(input, path);
    const key = path.join('.');
    if (issue.code === 'invalid_union') return [unknownKind(schema, path, key, value)];
    return [{ key, found: shown(path.at(-1) ?? '', value), wanted: wantedOf(issue) }];
  });
}

function unknownKey(path: readonly string[], known: readonly string[]): ConfigProblem {
  const name = path.at(-1) ?? '';
  const hint = didYouMean(name, known) ?? `Known here: ${known.join(', ')}.`;
  return { key: path.join('.'), found: 'a key that means nothing here', wanted: 'no such key', wayOut: hint };
}

/** The discriminator `kind` is missing or unknown, or the whole is no object. */
function unknownKind(schema: z.ZodType, path: readonly string[], key: string, value: unknown): ConfigProblem {
  const kinds = kindsAt(schema, path);
  const wanted = kinds.map((kind) => `"${kind}"`).join(' or ');
  const hint = typeof value === 'string' ? didYouMean(value, kinds) : undefined;
  return {
    key,
    found: shown(path.at(-1) ?? '', value),
    wanted,
    ...(hint === undefined ? {} : { wayOut: hint }),
  };
}

function wantedOf(issue: Issue): string {
  if (issue.code === 'invalid_type' && issue.expected === 'object') return 'a JSON object';
  return issue.message;
}

/** The value as JSON, cut; what might be a secret that was put in the wrong place is not repeated. */
function shown(name: string, value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') {
    if (/env$|token|secret|password/i.test(name)) return 'a text that is not repeated here';
    return JSON.stringify(excerpt(withoutUser(value), 80));
  }
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value);
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** An address may carry a password or a signature: neither is repeated. */
function withoutUser(value: string): string {
  return value.replace(/\/\/[^/@]*@/, '//…@').replace(/\?.*$/, '?…');
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isRecord(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined),
    input,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The object schemas that may stand at a path, chosen by `kind` where the input has one. */
function objectsAt(schema: z.ZodType, path: readonly string[], input: unknown): z.ZodObject[] {
  const [head, ...rest] = path;
  const options = optionsOf(schema);
  const kind = isRecord(input) ? input['kind'] : undefined;
  const chosen = options.filter((option) => kindOf(option) === kind);
  const objects = chosen.length > 0 ? chosen : options;
  if (head === undefined) return objects;
  return objects.flatMap((object) => {
    const next = object.shape[head];
    return next === undefined
      ? []
      : objectsAt(next as z.ZodType, rest, isRecord(input) ? input[head] : undefined);
  });
}

function keysAt(schema: z.ZodType, path: readonly string[], input: unknown): string[] {
  return [...new Set(objectsAt(schema, path, input).flatMap((object) => Object.keys(object.shape)))];
}

/** `path` ends with `kind`, unless the union itself got something that is no object. */
function kindsAt(schema: z.ZodType, path: readonly string[]): string[] {
  const parent = path.at(-1) === 'kind' ? path.slice(0, -1) : path;
  const kinds = objectsAt(schema, parent, undefined).map(kindOf);
  return [...new Set(kinds.filter((kind) => kind !== undefined))];
}

function optionsOf(schema: z.ZodType): z.ZodObject[] {
  const { def } = schema as z.ZodType & {
    def: { innerType?: z.ZodType; options?: z.ZodType[]; shape?: unknown };
  };
  if (def.innerType !== undefined) return optionsOf(def.innerType);
  if (def.options !== undefined) return def.options.flatMap(optionsOf);
  return def.shape === undefined ? [] : [schema as z.ZodObject];
}

function kindOf(object: z.ZodObject): string | undefined {
  const kind = object.shape['kind'] as (z.ZodType & { def: { values?: unknown[] } }) | undefined;
  const value = kind?.def.values?.[0];
  return typeof value === 'string' ? value : undefined;
}
