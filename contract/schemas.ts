import { createRequire } from 'node:module';
import type { Ajv2020, ErrorObject, Options, ValidateFunction } from 'ajv/dist/2020.js';
import accepted from './wire/accepted.schema.json' with { type: 'json' };
import callback from './wire/callback.schema.json' with { type: 'json' };
import cancelAnswer from './wire/cancel-answer.schema.json' with { type: 'json' };
import clock from './wire/clock.schema.json' with { type: 'json' };
import clockAdvance from './wire/clock-advance.schema.json' with { type: 'json' };
import collection from './wire/collection.schema.json' with { type: 'json' };
import common from './wire/common.schema.json' with { type: 'json' };
import conflict from './wire/conflict.schema.json' with { type: 'json' };
import error from './wire/error.schema.json' with { type: 'json' };
import eventContext from './wire/event-context.schema.json' with { type: 'json' };
import monitor from './wire/monitor.schema.json' with { type: 'json' };
import monitorCanceled from './wire/monitor-canceled.schema.json' with { type: 'json' };
import monitorExecuting from './wire/monitor-executing.schema.json' with { type: 'json' };
import monitorFailed from './wire/monitor-failed.schema.json' with { type: 'json' };
import monitorSucceeded from './wire/monitor-succeeded.schema.json' with { type: 'json' };
import monitorWaiting from './wire/monitor-waiting.schema.json' with { type: 'json' };
import parameters from './wire/parameters.schema.json' with { type: 'json' };
import probeAnswer from './wire/probe-answer.schema.json' with { type: 'json' };
import probeCall from './wire/probe-call.schema.json' with { type: 'json' };
import row from './wire/row.schema.json' with { type: 'json' };

/** The JSON Schemas (2020-12) of every payload of the contract, by name. */
export const schemas = {
  accepted,
  callback,
  'cancel-answer': cancelAnswer,
  clock,
  'clock-advance': clockAdvance,
  collection,
  conflict,
  error,
  'event-context': eventContext,
  monitor,
  'monitor-canceled': monitorCanceled,
  'monitor-executing': monitorExecuting,
  'monitor-failed': monitorFailed,
  'monitor-succeeded': monitorSucceeded,
  'monitor-waiting': monitorWaiting,
  parameters,
  'probe-answer': probeAnswer,
  'probe-call': probeCall,
  row,
} as const;

/** The name of a payload. */
export type SchemaName = keyof typeof schemas;

/** Whether a value is as its schema wants it; `problems` says in sentences what is not. */
export type Validation = { readonly ok: true } | { readonly ok: false; readonly problems: readonly string[] };

const load = createRequire(import.meta.url);
let ajv: Ajv2020 | undefined;

/** Holds a value against the schema of a payload. Schemas are compiled when they are first used. */
export function validate(name: SchemaName, value: unknown): Validation {
  const check = compiled(name);
  if (check(value)) return { ok: true };
  const problems = (check.errors ?? []).filter(tells).map((one) => sentence(one, value));
  return { ok: false, problems: [...new Set(problems)] };
}

function compiled(name: SchemaName): ValidateFunction {
  ajv ??= validator();
  const { $id } = schemas[name];
  const check = ajv.getSchema($id);
  if (check === undefined) throw new Error(`The schema ${$id} is missing.`);
  return check;
}

/** Loads ajv only here: it takes longer than the rest of the contract together, and few need it. */
function validator(): Ajv2020 {
  const { Ajv2020: Validator } = load('ajv/dist/2020.js') as { Ajv2020: new (options: Options) => Ajv2020 };
  return new Validator({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    allowMatchingProperties: true,
    schemas: [common, ...Object.values(schemas)],
  });
}

/** An `if` that failed says nothing that its `then` did not. */
function tells({ keyword }: ErrorObject): boolean {
  return keyword !== 'if' && keyword !== 'propertyNames';
}

function sentence(
  { instancePath, keyword, params, message, data, propertyName }: ErrorObject,
  whole: unknown,
): string {
  const place = instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  const where = place === '' ? 'the payload' : place;
  const seen = data === whole ? '' : `, but is ${shown(data)}`;
  switch (keyword) {
    case 'const':
      return `${where} must be ${shown(params['allowedValue'])}${seen}`;
    case 'enum':
      return `${where} must be one of ${(params['allowedValues'] as unknown[]).map(shown).join(', ')}${seen}`;
    case 'required':
      return `${where} has no ${String(params['missingProperty'])}`;
    case 'additionalProperties':
      return `${where} must not have ${String(params['additionalProperty'])}`;
    case 'false schema':
      return `${where} must not be there`;
    case 'anyOf':
      return `${where} is as none of its alternatives${seen}`;
    case 'contains':
      return `${where} lacks an entry that the contract names`;
    default:
      if (propertyName !== undefined) return `${where} must not have ${propertyName}`;
      return `${where} ${message ?? 'is not as it should be'}${seen}`;
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
