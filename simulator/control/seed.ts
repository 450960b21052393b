import { limits, pairs } from '../../contract/vocabulary.ts';
import type { Json, NamedValue, Operation } from '../core/operation.ts';
import { collectOutputs } from '../custom-apis/custom-api.ts';
import { readInputs } from '../web-api/custom-api.ts';
import type { World } from '../world.ts';
import { checkMembers, checks } from './check.ts';
import { ControlError } from './control-error.ts';

/** An operation that is put there as if it had come to be in the usual way. */
export interface SeededOperation {
  /** The custom API's unique name. */
  readonly name: string;
  /** Where it stands. Default: `waiting`. It stays there until it is canceled, finished or failed. */
  readonly as?: keyof typeof pairs;
  readonly inputs?: Readonly<Record<string, Json>>;
  /** Of one that succeeded. */
  readonly outputs?: Readonly<Record<string, Json>>;
  /** Of one that failed. Default: 0, and a text. */
  readonly errorCode?: number;
  readonly errorMessage?: string;
  /** Attempts that were started. Default: 0 for one that waits or was canceled, else 1. */
  readonly attempts?: number;
  /** Milliseconds since it was submitted. Default: 0. */
  readonly ageMs?: number;
  /** systemuserid of its initiator. Default: the first user. */
  readonly user?: string;
  /** How its monitor's URL begins. Default: `https://contoso.example`. */
  readonly origin?: string;
}

/** Milliseconds from submission to end of one that has ended. */
const tookMs = 1_000;

const int32 = 2 ** 31;
const members = {
  name: checks.text,
  as: checks.oneOf(...Object.keys(pairs)),
  inputs: checks.object,
  outputs: checks.object,
  errorCode: checks.whole(-int32, int32 - 1),
  errorMessage: checks.text,
  attempts: checks.whole(0, limits.retries + 1),
  ageMs: checks.whole(0, 1_000 * limits.ttlSeconds),
  user: checks.text,
  origin: checks.text,
};

/**
 * Makes the record of a seeded operation.
 *
 * @throws ControlError for one that could not have come to be
 */
export function seededOperation(world: World, seed: SeededOperation): Operation {
  checkMembers(seed, 'an operation', members);
  const { as = 'waiting', ageMs = 0, origin = 'https://contoso.example' } = seed;
  const api = world.apis.get(seed.name);
  if (api === undefined) {
    const known = [...world.apis.keys()].join(', ');
    throw new ControlError(`There is no custom API '${seed.name}'. There are ${known}.`, 404);
  }
  const user = world.users.find(({ id }) => seed.user === undefined || id === seed.user.toLowerCase());
  if (user === undefined) throw new ControlError(`There is no user '${seed.user ?? ''}'.`, 404);
  const read = readInputs(api, seed.inputs ?? {});
  if (read.error !== undefined) throw new ControlError(read.error.message);
  const { state, status } = pairs[as];
  if (seed.outputs !== undefined && as !== 'succeeded') throw onlyOf('"outputs"', 'succeeded');
  const fails = seed.errorCode !== undefined || seed.errorMessage !== undefined;
  if (fails && as !== 'failed') throw onlyOf('An error', 'failed');
  const started = as !== 'waiting' && as !== 'canceling' && as !== 'canceled';
  const { attempts = started ? 1 : 0 } = seed;
  if (started && attempts === 0) throw new ControlError(`An operation that is ${as} has had an attempt.`);
  const now = world.clock.now();
  const createdOn = now - ageMs;
  const startTime = attempts > 0 ? Math.min(now, createdOn + 1) : undefined;
  const endTime = state === 3 ? Math.min(now, createdOn + tookMs) : undefined;
  return {
    id: crypto.randomUUID(),
    sequence: world.nextSequence(),
    name: api.uniqueName,
    displayName: api.displayName,
    inputs: read.inputs,
    outputs: as === 'succeeded' ? outputsOf(world, seed) : undefined,
    state,
    status,
    errorCode: as === 'failed' ? (seed.errorCode ?? 0) : undefined,
    errorMessage: as === 'failed' ? (seed.errorMessage ?? 'Seeded as failed.') : undefined,
    retryCount: Math.max(0, attempts - 1),
    attempts,
    executing: as === 'inProgress' || (as === 'canceling' && attempts > 0),
    canceled: as === 'canceling' || as === 'canceled',
    priority: 0,
    runAs: user.id,
    modifiedBy: user.id,
    createdOn,
    modifiedOn: endTime ?? startTime ?? createdOn,
    startTime,
    endTime,
    ttlSeconds: limits.ttlSeconds,
    version: 1,
    partitionId: null,
    origin,
    callbackUrl: undefined,
  };
}

function outputsOf(world: World, { name, outputs = {} }: SeededOperation): readonly NamedValue[] {
  const api = world.apis.get(name);
  try {
    return api === undefined ? [] : collectOutputs(api, outputs);
  } catch (error) {
    throw new ControlError(error instanceof Error ? error.message : String(error));
  }
}

function onlyOf(what: string, as: string): ControlError {
  return new ControlError(`${what} is only of an operation with "as": "${as}".`);
}
