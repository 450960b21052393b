import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Result } from './result.ts';

const compiled = new Map<boolean, ValidateFunction<Result>>();

/** One place where a value is not what the schema wants. */
export interface SchemaProblem {
  /** The members that lead there, from the outside in. */
  readonly path: readonly string[];
  /** What is wrong there, e.g. "must be string". */
  readonly message: string;
}

/** What keeps a value from being a result, each with its place; nothing for a result. The schema is `result.schema.json`, with `evidence.schema.json`. */
export function resultProblems(value: unknown): string[] {
  return schemaProblems(value).map(
    ({ path, message }) => `${path.length === 0 ? 'the whole' : `/${path.join('/')}`} ${message}`,
  );
}

/** The same, with each place as a path: the first one, or all. */
export function schemaProblems(value: unknown, { all = false } = {}): SchemaProblem[] {
  const validate = compiled.get(all) ?? compile(all);
  compiled.set(all, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => ({
    path: instancePath
      .split('/')
      .slice(1)
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~')),
    message: message ?? 'is wrong',
  }));
}

function compile(allErrors: boolean): ValidateFunction<Result> {
  const ajv = new Ajv2020({
    allErrors,
    discriminator: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
  });
  addFormats.default(ajv);
  ajv.addSchema(schema('evidence'));
  return ajv.compile<Result>(schema('result'));
}

function schema(name: string): object {
  return JSON.parse(readFileSync(new URL(`./${name}.schema.json`, import.meta.url), 'utf8')) as object;
}
