import { pairs, privileges, table, terminalMessage } from '../../contract/vocabulary.ts';
import type { Operation } from '../core/operation.ts';
import type { TableAnswer, TableRequest } from '../core/table.ts';
import type { Field, PlainAnswer } from '../plain.ts';
import type { ReadBody } from './body.ts';
import { readBody } from './body.ts';
import type { Call, Handled } from './call.ts';
import { noContent, refused } from './call.ts';
import { capacityErrors } from './capacity-errors.ts';
import type { ApiError } from './errors.ts';
import { errors } from './errors.ts';
import type { RowChanges } from './operation-columns.ts';
import { readChanges } from './operation-columns.ts';
import { newRow, overwritten, replacing, rowUrl } from './operation-rows.ts';
import { countRows, queryRows, renderRow } from './query/table-query.ts';
import { readKey, type RowKey } from './row-key.ts';
import { tableAnswer } from './table-answer.ts';
import type { World } from '../world.ts';

/**
 * The table `backgroundoperations`; `rest` is what follows the set's name in the path: empty,
 * `/$count` or `(key)`.
 */
export function backgroundOperations(call: Call, rest: string): Handled | Promise<Handled> {
  if (rest === '' || rest === '/$count') return collection(call, rest);
  const key = readKey(rest, table.key);
  if (key === undefined) return refused('row-get', errors.badKey());
  switch (call.request.method) {
    case 'GET':
    case 'HEAD':
      return retrieve(call, key);
    case 'PATCH':
      return update(call, key);
    case 'DELETE':
      return removeRow(call, key);
    default:
      return refused('other', errors.noMethod(call.request.method, 'GET,PATCH,DELETE'));
  }
}

/**
 * The row of a key. On an elastic table the partition is part of the identity; a row without a partition of its
 * own is alone in one that is called like its key.
 */
function find({ world, situation }: Call, { id, partitionId }: RowKey): Operation | undefined {
  const operation = world.store.get(id, situation.now);
  if (operation === undefined || partitionId === undefined) return operation;
  return (operation.partitionId ?? operation.id) === partitionId ? operation : undefined;
}

function denied(call: Call, action: 'read' | 'cancel', operation?: Operation): boolean {
  return !call.world.behaviour.permits(call.user, action, operation, call.situation);
}

const noRead = () => errors.privilegeDenied(privileges[0]);
const noWrite = () => errors.privilegeDenied(privileges[1]);

/** A query of the table as the request asks for it: by its query string and its preferences. */
export function tableRequest(call: Call, by: 'key' | 'collection'): TableRequest {
  const { world, situation, request, preferences } = call;
  const { behaviour } = world;
  // A reader who shows the session of the last write sees it at once.
  const sameSession = request.headers['mscrm.sessiontoken'] !== undefined;
  const isThere = (operation: Operation): boolean =>
    !arrivesLate(world, operation) &&
    behaviour.visible(operation, { ...situation, choices: world.choicesFor(operation) }, by);
  return behaviour.tableRequest(
    {
      store: world.store,
      columns: world.columns,
      now: situation.now,
      userId: call.user.id,
      visible: (operation) => sameSession || isThere(operation),
      root: call.root,
      query: request.query,
      annotations: preferences.annotations,
      maxPageSize: preferences.maxPageSize,
      etag: behaviour.etag,
    },
    situation,
  );
}

/** Whether a row is still late in time of the machine. */
function arrivesLate({ arrivals, choices }: World, { id }: Operation): boolean {
  const arrived = arrivals.get(id);
  if (arrived === undefined) return false;
  if (performance.now() - arrived < choices.rowLagRealMs) return true;
  arrivals.delete(id);
  return false;
}

/** Why the user may not read the table; undefined if it may. */
export function refusedList(call: Call): ApiError | undefined {
  return denied(call, 'read') ? noRead() : undefined;
}

function collection(call: Call, rest: string): Handled | Promise<Handled> {
  const { method } = call.request;
  if (method === 'POST' && rest === '') return create(call);
  if (method !== 'GET' && method !== 'HEAD') return refused('other', errors.noMethod(method, 'GET,POST'));
  const refusal = refusedList(call);
  if (refusal !== undefined) return refused('rows-get', refusal);
  const query = rest === '' ? queryRows : countRows;
  const done = (answer: TableAnswer): Handled => ({ answer: tableAnswer(answer), resource: 'rows-get' });
  const answer = query(tableRequest(call, 'collection'));
  return answer instanceof Promise ? answer.then(done) : done(answer);
}

/** The row of a key that the user may read, or why it is not shown. */
export function readableRow(call: Call, key: RowKey): ReadRow {
  const operation = find(call, key);
  if (denied(call, 'read', operation)) return { error: noRead(), operation };
  if (operation === undefined || !tableRequest(call, 'key').visible(operation)) {
    return { error: errors.noRow(key.id), operation };
  }
  return { operation };
}

/** See {@link readableRow}. */
export type ReadRow =
  | { readonly operation: Operation; readonly error?: never }
  | { readonly error: ApiError; readonly operation: Operation | undefined };

function retrieve(call: Call, key: RowKey): Handled {
  const { world, request, preferences } = call;
  const { behaviour } = world;
  const read = readableRow(call, key);
  if (read.error !== undefined) return refused('row-get', read.error, read.operation);
  const { operation } = read;
  const lookup = tableRequest(call, 'key');
  const about = { resource: 'row-get', operation, before: operation } as const;
  const etag = behaviour.etag(operation);
  if (preferences.annotations === undefined && request.headers['if-none-match'] === etag) {
    return { ...about, answer: { status: 304, headers: [['ETag', etag]], body: undefined } };
  }
  return { ...about, answer: tableAnswer(renderRow(lookup, operation), [['ETag', etag]]) };
}

/** PATCH: cancels with (2,22), changes a few columns, or upserts without `If-Match`. */
function update(call: Call, key: RowKey): Handled {
  const { headers } = call.request;
  return updateRow(call, key, readBody(call.request.body), {
    ifMatch: headers['if-match'],
    onlyIfNew: headers['if-none-match'] === '*',
  });
}

/** What has to hold for a row to be written. */
export interface WriteCondition {
  /** The etag, or `*` for any row that exists; undefined: an upsert. */
  readonly ifMatch: string | undefined;
  readonly onlyIfNew: boolean;
}

/** Writes columns of a row: its privileges, conditions and cancellation are the same whoever calls. */
export function updateRow(
  call: Call,
  key: RowKey,
  body: ReadBody,
  { ifMatch, onlyIfNew }: WriteCondition,
): Handled {
  const { id } = key;
  const { behaviour, choices } = call.world;
  const operation = find(call, key);
  if (denied(call, 'cancel', operation)) return refused('row-patch', noWrite(), operation);
  if (body.error !== undefined) return refused('row-patch', body.error, operation);
  const read = readChanges(body.value);
  if (read.error !== undefined) return refused('row-patch', read.error, operation);
  if (operation === undefined) {
    const upserts = ifMatch === undefined && choices.withoutIfMatch === 'upsert';
    return upserts ? insert(call, id, read.changes, 'row-patch') : refused('row-patch', errors.noRow(id));
  }
  if (onlyIfNew) return refused('row-patch', errors.exists(), operation);
  if (ifMatch === undefined && choices.withoutIfMatch === 'refused') {
    return refused('row-patch', errors.invalidArgument('If-Match is required.'), operation);
  }
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== behaviour.etag(operation)) {
    return refused('row-patch', errors.versionMismatch(), operation);
  }
  return change(call, operation, ifMatch === undefined ? replacing(read.changes) : read.changes);
}

function change(call: Call, operation: Operation, changes: RowChanges): Handled {
  const { world, situation, user, runner } = call;
  const { choices } = world;
  let after: Operation | undefined = operation;
  if (changes.state !== undefined || changes.status !== undefined) {
    const { state, status } = pairs.canceling;
    const cancels = changes.state === state && changes.status === status;
    if (cancels || choices.partialPatch === 'canceled') {
      const refusal = refusedCancel(call, operation);
      if (refusal !== undefined) return refusal;
      after = runner.command(operation.id, { kind: 'cancel', by: user.id });
    } else if (choices.partialPatch === 'refused') {
      const message = 'Only the state 2 with the status 22 can be set, which cancels the operation.';
      return refused('row-patch', errors.invalidOperation(message), operation);
    }
  }
  if (after !== undefined && Object.keys(changes.columns).length > 0) {
    after = overwritten(after, changes.columns, user.id, situation.now);
    world.store.put(after);
  }
  const shown = after ?? operation;
  return { answer: changed(call, shown), resource: 'row-patch', operation: shown, before: operation };
}

/** The refusal of a cancellation; undefined if it is accepted. */
function refusedCancel({ world, situation }: Call, operation: Operation): Handled | undefined {
  const { behaviour } = world;
  const choices = world.choicesFor(operation);
  const again = operation.canceled && operation.state !== 3 && choices.canceledAgain === 'refused';
  if (!again && !behaviour.refusesCancel(operation, situation)) return undefined;
  const message = again ? 'The operation is being canceled already.' : terminalMessage;
  return refused('row-patch', { ...choices.refusedPatch, message }, operation);
}

/** What a writer shows to read what it has written. */
export function sessionToken({ version, sequence }: Operation): string {
  return `207:30#${version}#7=${sequence}`;
}

/** 204, or the row if the client wants it. */
function changed(call: Call, operation: Operation): PlainAnswer {
  const session: Field = ['x-ms-session-token', sessionToken(operation)];
  const entity: Field = ['OData-EntityId', rowUrl(call.root, operation)];
  if (!call.preferences.returnRepresentation) return noContent([entity, session]);
  const applied: Field = ['Preference-Applied', 'return=representation'];
  return tableAnswer(renderRow(tableRequest(call, 'key'), operation), [applied, session]);
}

function create(call: Call): Handled {
  if (denied(call, 'cancel')) return refused('rows-post', noWrite());
  const body = readBody(call.request.body);
  if (body.error !== undefined) return refused('rows-post', body.error);
  const read = readChanges(body.value);
  if (read.error !== undefined) return refused('rows-post', read.error);
  const id = read.changes.id ?? call.world.behaviour.newId(call.situation);
  if (call.world.store.get(id, call.situation.now) !== undefined) {
    return refused('rows-post', errors.alreadyExists(id));
  }
  return insert(call, id, read.changes, 'rows-post');
}

/** Stores a row that a client wrote. It is no submitted operation: nothing ever executes it. */
function insert(call: Call, id: string, changes: RowChanges, resource: 'row-patch' | 'rows-post'): Handled {
  const { store, storedBytes } = call.world;
  if (store.bytes >= storedBytes) return refused(resource, capacityErrors.storeFull(storedBytes));
  const operation = newRow(call, id, changes);
  store.put(operation);
  const answer = changed(call, operation);
  return { answer: answer.status === 200 ? { ...answer, status: 201 } : answer, resource, operation };
}

/** Deletes a row, whoever calls: it is gone, and what has not started never will. */
export function removeRow(call: Call, key: RowKey): Handled {
  const { id } = key;
  const { world, request } = call;
  const operation = find(call, key);
  if (denied(call, 'cancel', operation)) return refused('row-delete', noWrite(), operation);
  if (operation === undefined) return refused('row-delete', errors.noRow(id));
  const ifMatch = request.headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== world.behaviour.etag(operation)) {
    return refused('row-delete', errors.versionMismatch(), operation);
  }
  world.store.delete(id);
  return { answer: noContent(), resource: 'row-delete', before: operation };
}
