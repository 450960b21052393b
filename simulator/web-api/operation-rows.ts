import { pairs, table } from '../../contract/vocabulary.ts';
import type { Operation } from '../core/operation.ts';
import type { Call } from './call.ts';
import type { RowChanges } from './operation-columns.ts';
import { rowDefaults } from './operation-columns.ts';

/** A row that a client wrote itself: waiting for ever, unless it was written otherwise. */
export function newRow(
  { world, situation, user, request }: Call,
  id: string,
  changes: RowChanges,
): Operation {
  return {
    id,
    sequence: world.nextSequence(),
    name: '',
    displayName: '',
    inputs: [],
    outputs: undefined,
    errorCode: undefined,
    errorMessage: undefined,
    retryCount: 0,
    attempts: 0,
    executing: false,
    canceled: changes.status === pairs.canceling.status,
    partitionId: null,
    ...rowDefaults,
    ...changes.columns,
    state: changes.state ?? pairs.waiting.state,
    status: changes.status ?? pairs.waiting.status,
    runAs: user.id,
    modifiedBy: user.id,
    createdOn: situation.now,
    modifiedOn: situation.now,
    startTime: undefined,
    endTime: undefined,
    version: 1,
    origin: request.origin,
    callbackUrl: undefined,
  };
}

/** A row after a client changed columns of it. The partition of a row never changes. */
export function overwritten(
  operation: Operation,
  columns: RowChanges['columns'],
  by: string,
  now: number,
): Operation {
  const { partitionId, version } = operation;
  return { ...operation, ...columns, partitionId, modifiedBy: by, modifiedOn: now, version: version + 1 };
}

/**
 * The changes that an upsert of an existing row comes to: on an elastic table the row becomes what was sent, so
 * that every column a client has not sent loses its value. What the platform decides on stays: state and status,
 * attempts, times and the user.
 */
export function replacing(changes: RowChanges): RowChanges {
  const emptied = {
    name: '',
    displayName: '',
    ...rowDefaults,
    inputs: [],
    outputs: undefined,
    errorCode: undefined,
    errorMessage: undefined,
  };
  return { ...changes, columns: { ...emptied, ...changes.columns } };
}

/** The address of a row, as `OData-EntityId` gives it. */
export function rowUrl(root: string, { id, partitionId }: Operation): string {
  const key = partitionId === null ? id : `${table.key}=${id},partitionid='${partitionId}'`;
  return `${root}${table.set}(${key})`;
}
