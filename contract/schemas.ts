import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import accepted from './wire/accepted.schema.json' with { type: 'json' };
import callback from './wire/callback.schema.json' with { type: 'json' };
import clock from './wire/clock.schema.json' with { type: 'json' };
import clockAdvance from './wire/clock-advance.schema.json' with { type: 'json' };
import collection from './wire/collection.schema.json' with { type: 'json' };
import conflict from './wire/conflict.schema.json' with { type: 'json' };
import error from './wire/error.schema.json' with { type: 'json' };
import eventContext from './wire/event-context.schema.json' with { type: 'json' };
import monitor from './wire/monitor.schema.json' with { type: 'json' };
import monitorCanceled from './wire/monitor-canceled.schema.json' with { type: 'json' };
import monitorExecuting from './wire/monitor-executing.schema.json' with { type: 'json' };
import monitorFailed from './wire/monitor-failed.schema.json' with { type: 'json' };
import monitorSucceeded from './wire/monitor-succeeded.schema.json' with { type: 'json' };
import monitorWaiting from './wire/monitor-waiting.schema.json' with { type: 'json' };
import probeAnswer from './wire/probe-answer.schema.json' with { type: 'json' };
import probeCall from './wire/probe-call.schema.json' with { type: 'json' };
import row from './wire/row.schema.json' with { type: 'json' };

/** The JSON Schemas (2020-12) of every payload of the contract, by name. */
export const schemas = {
  accepted: accepted,
  callback: callback,
  clock: clock,
  'clock-advance': clockAdvance,
  collection: collection,
  conflict: conflict,
  error: error,
  'event-context': eventContext,
  monitor: monitor,
  'monitor-canceled': monitorCanceled,
  'monitor-executing': monitorExecuting,
  'monitor-failed': monitorFailed,
  'monitor-succeeded': monitorSucceeded,
  'monitor-waiting': monitorWaiting,
  'probe-answer': probeAnswer,
  'probe-call': probeCall,
  row: row,
} as const;

/** The name of a payload. */
export type SchemaName = keyof typeof schemas;

/** Whether a value is as its schema wants it; `problems` says in sentences what is not. */
export type Validation = { readonly ok: true } | { readonly ok: false; readonly problems: readonly string[] };

let ajv: Ajv2020 | undefined;
const compiled = new Map<SchemaName, ValidateFunction>();

/** Holds a value against the schema of a payload. Schemas are compiled when they are first used. */
export function validate(name: SchemaName, value: unknown): Validation {
  const check = compiled.get(name) ?? compile(name);
  if (check(value)) return { ok: true };
  return { ok: false, problems: (check.errors ?? []).map(sentence) };
}

function compile(name: SchemaName): ValidateFunction {
  ajv ??= new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    schemas: [...Object.values(schemas)],
  });
  const { $id } = schemas[name];
  const check = ajv.getSchema($id);
  if (check === undefined) throw new Error(`The schema ${$id} is missing.`);
  compiled.set(name, check);
  return check;
}

function sentence({ instancePath, message, params }: ErrorObject): string {
  const where = instancePath === '' ? 'the payload' : instancePath.slice(1).replaceAll('/', '.');
  const which = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
  return `${where} ${message ?? 'is not as it should be'}${which}`;
}
