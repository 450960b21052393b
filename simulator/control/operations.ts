import type { Json, Operation } from '../core/operation.ts';
import { isAtEnd } from '../core/lifecycle.ts';
import { collectOutputs } from '../custom-apis/custom-api.ts';
import type { Runner } from '../runner.ts';
import { capacityErrors } from '../web-api/capacity-errors.ts';
import type { World } from '../world.ts';
import { checkMembers, checks } from './check.ts';
import { ControlError } from './control-error.ts';
import type { HistoryEntry } from './histories.ts';
import type { SeededOperation } from './seed.ts';
import { seededOperation } from './seed.ts';

/** An operation as the control interface shows it. */
export interface OperationSummary {
  readonly id: string;
  /** Its place in the order of creation, from 1. */
  readonly sequence: number;
  /** The custom API's unique name. */
  readonly name: string;
  readonly state: number;
  readonly status: number;
  readonly attempts: number;
  readonly executing: boolean;
  readonly canceled: boolean;
  /** systemuserid of the initiator. */
  readonly user: string;
  readonly createdOn: string;
  readonly startTime: string | undefined;
  readonly endTime: string | undefined;
  readonly errorCode: number | undefined;
  readonly errorMessage: string | undefined;
}

/** Picks operations; what is not said matches all. */
export interface OperationFilter {
  readonly name?: string;
  readonly state?: number;
  readonly status?: number;
  /** The first so many. Default: 100. */
  readonly limit?: number;
  /** `oldest` first unless told. */
  readonly order?: 'oldest' | 'newest';
  /** Only those of a smaller `sequence`. */
  readonly before?: number;
}

/** An operation with all that is known of it. */
export interface OperationDetails extends OperationSummary {
  readonly inputs: Readonly<Record<string, Json>>;
  readonly outputs: Readonly<Record<string, Json>> | undefined;
  readonly callbackUrl: string | undefined;
  /** When it has its next turn; undefined for never. */
  readonly turn: string | undefined;
  /** Deliveries that are under way or are to be sent again. */
  readonly deliveries: readonly { readonly kind: string; readonly delivery: number; readonly at: string }[];
  /** What happened to it, oldest first; kept of the latest 1,000 operations. */
  readonly history: readonly HistoryEntry[];
}

/** An error with which an operation is failed by hand. */
export interface HandFailure {
  /** The platform's are below zero. Default: 0. */
  readonly code?: number;
  readonly message?: string;
  /** Whether only the attempt fails, and retries follow. Default: false, the operation has failed. */
  readonly retry?: boolean;
}

/** Operations by hand. */
export interface ControlOperations {
  readonly list: (filter?: OperationFilter) => OperationSummary[];
  /** An operation by its id; undefined if it is unknown. */
  readonly get: (id: string) => OperationDetails | undefined;
  /** How many there are, whatever their state. */
  readonly count: () => number;
  /** Cancels an operation as its initiator would. */
  readonly cancel: (id: string) => OperationSummary;
  /** Puts an operation there, in any state and of any age; nothing executes it. */
  readonly seed: (operation: SeededOperation) => OperationSummary;
  /** Ends an operation with success and these outputs; the custom API is not executed, and what it does is ignored. */
  readonly finish: (id: string, outputs?: Readonly<Record<string, Json>>) => OperationSummary;
  /** Fails an operation, or its present attempt. */
  readonly fail: (id: string, failure?: HandFailure) => OperationSummary;
}

/** Makes them for what a simulator is at the moment of a call. */
export function createControlOperations(
  current: () => { readonly world: World; readonly runner: Runner },
): ControlOperations {
  const find = (id: string): Operation | undefined => {
    const { store, clock } = current().world;
    return store.get(id.toLowerCase(), clock.now());
  };
  const unfinished = (id: string): Operation => {
    const operation = find(id);
    if (operation === undefined) throw new ControlError(`There is no operation '${id}'.`, 404);
    if (isAtEnd(operation)) throw new ControlError(`The operation '${id}' has ended already.`, 409);
    if (operation.canceled && !operation.executing) {
      throw new ControlError(`The operation '${id}' is being canceled: it ends as canceled.`, 409);
    }
    return operation;
  };
  const settled = (operation: Operation, ...how: SettleArguments): OperationSummary =>
    summaryOf(current().runner.settle(operation.id, ...how) ?? operation);
  return {
    list(filter = {}) {
      checkMembers(filter, 'the filter', filterMembers);
      return [...pick(current().world, filter)];
    },
    get(id) {
      const operation = find(id);
      return operation === undefined ? undefined : detailsOf(current().world, operation);
    },
    count: () => current().world.store.size,
    cancel(id) {
      const operation = find(id);
      if (operation === undefined) throw new ControlError(`There is no operation '${id}'.`, 404);
      if (isAtEnd(operation)) throw new ControlError(`The operation '${id}' has ended already.`, 409);
      const command = { kind: 'cancel', by: operation.runAs } as const;
      return summaryOf(current().runner.command(operation.id, command) ?? operation);
    },
    seed(seed) {
      const { world } = current();
      if (world.store.bytes >= world.storedBytes) {
        throw new ControlError(capacityErrors.storeFull(world.storedBytes).message, 409);
      }
      const operation = seededOperation(world, seed);
      world.store.put(operation);
      return summaryOf(operation);
    },
    finish(id, outputs = {}) {
      const operation = unfinished(id);
      const api = current().world.apis.get(operation.name);
      if (api === undefined)
        throw new ControlError(`There is no custom API '${operation.name}' any more.`, 409);
      try {
        return settled(operation, { kind: 'succeed', outputs: collectOutputs(api, outputs) });
      } catch (error) {
        throw new ControlError(error instanceof Error ? error.message : String(error));
      }
    },
    fail(id, failure = {}) {
      checkMembers(failure, 'the failure', failureMembers);
      const operation = unfinished(id);
      const { code = 0, message = 'Failed by hand.', retry = false } = failure;
      const kind = code < 0 ? 'platform' : 'other';
      return settled(operation, { kind: 'fail', failure: { kind, code, message } }, retry);
    },
  };
}

type SettleArguments = Parameters<Runner['settle']> extends [string, ...infer Rest] ? Rest : never;

const filterMembers = {
  name: checks.text,
  state: checks.whole(0, 3),
  status: checks.whole(0, 32),
  limit: checks.whole(0, 100_000),
  order: checks.oneOf('oldest', 'newest'),
  before: checks.whole(0, Number.MAX_SAFE_INTEGER),
};
const int32 = 2 ** 31;
const failureMembers = { code: checks.whole(-int32, int32 - 1), message: checks.text, retry: checks.flag };

function* pick(
  world: World,
  { name, state, status, limit = 100, order = 'oldest', before }: OperationFilter,
): Generator<OperationSummary> {
  let left = limit;
  const { store, clock } = world;
  for (const operation of order === 'newest'
    ? store.newest(clock.now(), before)
    : store.values(clock.now())) {
    if (left <= 0) return;
    if (before !== undefined && operation.sequence >= before) continue;
    if (name !== undefined && operation.name !== name) continue;
    if (state !== undefined && operation.state !== state) continue;
    if (status !== undefined && operation.status !== status) continue;
    left -= 1;
    yield summaryOf(operation);
  }
}

function detailsOf({ pending, histories }: World, operation: Operation): OperationDetails {
  const named = (values: Operation['inputs']) =>
    Object.fromEntries<Json>(values.map(({ Key, Value }) => [Key, Value]));
  const turn = pending.turnOf(operation);
  const deliveries = [];
  for (const { operation: of, kind, delivery, at } of pending.deliveries.values()) {
    if (of.id === operation.id) deliveries.push({ kind, delivery, at: instant(at) });
  }
  return {
    ...summaryOf(operation),
    inputs: named(operation.inputs),
    outputs: operation.outputs === undefined ? undefined : named(operation.outputs),
    callbackUrl: operation.callbackUrl,
    turn: turn === undefined ? undefined : instant(turn),
    deliveries,
    // That it was accepted its record says, so that no submission has to note it.
    history: [{ at: instant(operation.createdOn), what: 'accepted' }, ...histories.of(operation.id)],
  };
}

function summaryOf(operation: Operation): OperationSummary {
  const { id, name, state, status, attempts, executing, canceled, runAs, errorCode, errorMessage } =
    operation;
  const { createdOn, startTime, endTime } = operation;
  return {
    id,
    sequence: operation.sequence,
    name,
    state,
    status,
    attempts,
    executing,
    canceled,
    user: runAs,
    createdOn: instant(createdOn),
    startTime: startTime === undefined ? undefined : instant(startTime),
    endTime: endTime === undefined ? undefined : instant(endTime),
    errorCode,
    errorMessage,
  };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
