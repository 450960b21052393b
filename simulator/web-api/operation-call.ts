import { table } from '../../contract/vocabulary.ts';
import type { CustomApi } from '../custom-apis/custom-api.ts';
import { readableRow } from './backgroundoperations.ts';
import type { Call, Handled } from './call.ts';
import { otherVerb, refused } from './call.ts';
import { invoke, invokeCustomApi } from './custom-api.ts';
import type { ApiError } from './errors.ts';
import { errors } from './errors.ts';
import { readArguments } from './function-arguments.ts';
import { findRow } from './related.ts';
import { readKey } from './row-key.ts';
import { smallTables } from './tables/all-tables.ts';

/**
 * `Name` of an unbound action, which some clients write `Name()`, or `Name(P='x')` of an unbound function; undefined where the path does not fit the
 * custom API.
 */
export function unboundCall(
  call: Call,
  api: CustomApi,
  tail: string,
): Handled | Promise<Handled> | undefined {
  if (api.binding !== undefined) return undefined;
  if (api.isFunction === true) return callFunction(call, api, tail, undefined);
  return tail === '' || tail === '()' ? invokeCustomApi(call, api) : undefined;
}

const boundPath = /^(\([^()]*\))?\/Microsoft\.Dynamics\.CRM\.(\w+)(\([^]*\))?$/;

/**
 * `table(key)/Microsoft.Dynamics.CRM.Name` or `table/Microsoft.Dynamics.CRM.Name`, functions with arguments; undefined
 * where the path names no custom API that is bound to the table in this way.
 */
export function boundCall(call: Call, set: string, tail: string): Handled | Promise<Handled> | undefined {
  const [, keyText, name = '', rest = ''] = boundPath.exec(tail) ?? [];
  const api = call.world.apis.get(name);
  const kind = keyText === undefined ? 'collection' : 'entity';
  if (api?.binding?.kind !== kind) return undefined;
  const bound = boundTable(set);
  if (bound?.entity !== api.binding.entity) return undefined;
  let target: Target | undefined;
  if (keyText !== undefined) {
    const key = readKey(keyText, bound.key);
    if (key === undefined) return refused('other', errors.badKey());
    const missing = bound.missing(call, key.id);
    if (missing !== undefined) return refused('other', missing);
    const type = `#Microsoft.Dynamics.CRM.${bound.entity}`;
    target = { Target: { '@odata.type': type, [bound.key]: key.id } };
  }
  if (api.isFunction === true) return callFunction(call, api, rest, target);
  if (rest !== '' && rest !== '()') return undefined;
  if (call.request.method !== 'POST') return otherVerb(call);
  return invokeCustomApi(call, api, target);
}

/** The row that a call is bound to, as an input. */
type Target = Readonly<Record<string, unknown>>;

/** A table that custom APIs can be bound to. */
interface BoundTable {
  readonly entity: string;
  readonly key: string;
  /** Why there is no row of this key for the caller; undefined if there is one. */
  readonly missing: (call: Call, key: string) => ApiError | undefined;
}

function boundTable(set: string): BoundTable | undefined {
  if (set === table.set) return { ...table, missing: (call, id) => readableRow(call, { id }).error };
  const small = smallTables.find((each) => each.set === set);
  if (small === undefined) return undefined;
  const { entity, key } = small;
  return {
    entity,
    key,
    missing: ({ world }, id) =>
      findRow(small, world, id) === undefined ? errors.noTableRow(entity, id) : undefined,
  };
}

function callFunction(
  call: Call,
  api: CustomApi,
  rest: string,
  target: Target | undefined,
): Handled | Promise<Handled> {
  const { request, world, preferences } = call;
  if (request.method !== 'GET') return otherVerb(call);
  const asked = preferences.respondAsync ? world.choices.asyncFunction : 'accepted';
  if (asked === 'refused')
    return refused('other', errors.invalidOperation('Functions cannot be executed in the background.'));
  const wish =
    asked === 'synchronous' ? { ...call, preferences: { ...preferences, respondAsync: false } } : call;
  return invoke(wish, api, () => readArguments(api, rest, request.query), target);
}
