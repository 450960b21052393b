import type { Field } from '../plain.ts';
import { readBody } from './body.ts';
import type { Call, Handled } from './call.ts';
import { noContent, refused } from './call.ts';
import { capacityErrors } from './capacity-errors.ts';
import { insertDeep } from './deep-insert.ts';
import { errors } from './errors.ts';
import { findRow } from './related.ts';
import { rowAnswer } from './small-table-reads.ts';
import { unknownMember } from './unknown-member.ts';
import { tableAnswer } from './table-answer.ts';
import type { AnyTable } from './tables/small-table.ts';

/** Rows of one table that are kept at most. */
const mostRows = 5_000;

/** The members of a body. */
export type Body = Readonly<Record<string, unknown>>;

/** Refuses a method that a table does not offer. */
export function notOffered(call: Call): Handled {
  return refused('other', errors.noMethod(call.request.method, 'GET'));
}

/**
 * POST, or PATCH of a row that there is not: 204 with the new row's address, or the row where the client prefers it.
 *
 * @param key of the new row, where the URL names one
 */
export function insert(call: Call, table: AnyTable, key?: string): Handled {
  if (table.insert === undefined) return notOffered(call);
  if (!call.user.privileged) return denied('Create', table);
  const body = readBody(call.request.body);
  if (body.error !== undefined) return refused('other', body.error);
  if ([...table.rows(call.world)].length >= mostRows)
    return refused('other', capacityErrors.tableFull(table.entity, mostRows));
  const value = key === undefined ? body.value : { ...body.value, [table.key]: key };
  const made = insertDeep(call, table, value);
  if (made === undefined) return notOffered(call);
  if ('error' in made) return refused('other', made.error);
  const address = `${call.root}${table.set}(${made.id})`;
  return written(call, table, made.id, 201, [
    ['OData-EntityId', address],
    ['Location', address],
  ]);
}

/** PATCH with the body of the request. */
export function patch(call: Call, table: AnyTable, row: unknown, key: string): Handled {
  const body = readBody(call.request.body);
  return body.error === undefined ? change(call, table, row, key, body.value) : refused('other', body.error);
}

/** Changes columns of a row: 204, or the row where the client prefers it. */
export function change(call: Call, table: AnyTable, row: unknown, key: string, body: Body): Handled {
  if (table.change === undefined) return notOffered(call);
  if (!call.user.privileged) return denied('Write', table);
  const error =
    unknownMember(table, body) ?? table.change(call.world, row, body, call.situation.now, call.user);
  if (error !== undefined) return refused('other', error);
  return written(call, table, key, 200, [['OData-EntityId', `${call.root}${table.set}(${key})`]]);
}

/** DELETE of a row. */
export function remove(call: Call, table: AnyTable, key: string): Handled {
  if (table.remove === undefined) return notOffered(call);
  if (!call.user.privileged) return denied('Delete', table);
  const removed = table.remove(call.world, key);
  if (typeof removed === 'object') return refused('other', removed);
  return { answer: noContent(), resource: 'other' };
}

/** Refuses a user who lacks the privilege for an action on a table. */
export function denied(action: 'Create' | 'Read' | 'Write' | 'Delete', { schemaName }: AnyTable): Handled {
  return refused('other', errors.privilegeDenied(`prv${action}${schemaName}`));
}

function written(
  call: Call,
  table: AnyTable,
  key: string,
  status: 200 | 201,
  headers: readonly Field[],
): Handled {
  if (!call.preferences.returnRepresentation) return { answer: noContent(headers), resource: 'other' };
  const applied: Field = ['Preference-Applied', 'return=representation'];
  const answer = tableAnswer(rowAnswer(call, table, findRow(table, call.world, key)), [...headers, applied]);
  return { answer: answer.status === 200 ? { ...answer, status } : answer, resource: 'other' };
}
