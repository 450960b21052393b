import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Result } from './result.ts';

let compiled: ValidateFunction<Result> | undefined;

/** What keeps a value from being a result, each with its place; nothing for a result. The schema is `result.schema.json`, with `evidence.schema.json`. */
export function resultProblems(value: unknown): string[] {
  const validate = (compiled ??= compile());
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath || 'the whole'} ${message ?? 'is wrong'}`,
  );
}

function compile(): ValidateFunction<Result> {
  const ajv = new Ajv2020({ discriminator: true, strict: true, strictRequired: false, strictTypes: false });
  addFormats.default(ajv);
  ajv.addSchema(schema('evidence'));
  return ajv.compile<Result>(schema('result'));
}

function schema(name: string): object {
  return JSON.parse(readFileSync(new URL(`./${name}.schema.json`, import.meta.url), 'utf8')) as object;
}
