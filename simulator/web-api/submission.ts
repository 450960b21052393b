import { limits } from '../../contract/vocabulary.ts';
import type { NamedValue, Operation } from '../core/operation.ts';
import type { CustomApi } from '../custom-apis/custom-api.ts';
import { depthOf } from '../http/depth.ts';
import type { Call } from './call.ts';
import { capacityErrors } from './capacity-errors.ts';
import type { ApiError } from './errors.ts';
import { errors } from './errors.ts';

/** The operation that a submission came to, or why it was refused. */
export type Submitted =
  | { readonly operation: Operation; readonly error?: never }
  | { readonly error: ApiError; readonly operation?: never };

/**
 * Takes a custom API with its inputs for execution in the background; a promise if the client has to wait. The
 * caller has checked the privileges.
 */
export function submitOperation(
  call: Omit<Call, 'preferences' | 'root'>,
  api: CustomApi,
  inputs: readonly NamedValue[],
  callbackUrl: string | undefined,
): Submitted | Promise<Submitted> {
  if (callbackUrl !== undefined && !(URL.canParse(callbackUrl) && /^https?:/i.test(callbackUrl))) {
    return { error: errors.invalidArgument(`'${callbackUrl}' is no URL of http or https.`) };
  }
  const { world, situation, user } = call;
  const { behaviour, store, storedBytes } = world;
  if (store.bytes >= storedBytes) return { error: capacityErrors.storeFull(storedBytes) };
  const depth = depthOf(call.request);
  const { state, status } = behaviour.waiting(situation);
  const created: Operation = {
    id: behaviour.newId(situation),
    sequence: world.nextSequence(),
    name: api.uniqueName,
    displayName: api.displayName,
    inputs,
    outputs: undefined,
    state,
    status,
    errorCode: undefined,
    errorMessage: undefined,
    retryCount: 0,
    attempts: 0,
    executing: false,
    canceled: false,
    priority: 0,
    runAs: user.id,
    onBehalfBy: user.onBehalfBy,
    modifiedBy: user.id,
    createdOn: situation.now,
    modifiedOn: situation.now,
    startTime: undefined,
    endTime: undefined,
    ttlSeconds: limits.ttlSeconds,
    version: 1,
    partitionId: null,
    origin: call.request.origin,
    callbackUrl,
  };
  const operation = behaviour.accepted(depth === 0 ? created : { ...created, depth }, situation);
  store.put(operation);
  if (world.choices.rowLagRealMs > 0) world.arrivals.set(operation.id, performance.now());
  const ran = call.runner.accept(operation);
  return ran === undefined ? { operation } : ran.then(() => ({ operation }));
}
