import type { Field } from '../plain.ts';
import { belowRow } from './below-row.ts';
import type { Call, Handled } from './call.ts';
import { refused } from './call.ts';
import { errors } from './errors.ts';
import { etagOf, findRow, keyText } from './related.ts';
import { readKey } from './row-key.ts';
import { splitRowPath } from './row-path.ts';
import { listRows, rowAnswer } from './small-table-reads.ts';
import { denied, insert, notOffered, patch, remove } from './small-table-writes.ts';
import { tableAnswer } from './table-answer.ts';
import { smallTables } from './tables/all-tables.ts';
import type { AnyTable } from './tables/small-table.ts';
import type { World } from '../world.ts';

const tables: ReadonlyMap<string, AnyTable> = new Map(smallTables.map((each) => [each.set, each]));

/** Serves one of the tables besides background operations; undefined if the segment names none of them. */
export function smallTable(
  call: Call,
  segment: string,
  tail: string,
): Handled | Promise<Handled> | undefined {
  const table = tables.get(segment);
  if (table === undefined) return undefined;
  const { request } = call;
  // The body that HEAD does not get is left out where every answer is finished.
  return serve(
    request.method === 'HEAD' ? { ...call, request: { ...request, method: 'GET' } } : call,
    table,
    tail,
  );
}

function serve(call: Call, table: AnyTable, tail: string): Handled | Promise<Handled> {
  const { world, request } = call;
  if (table.userOwned === true && request.method === 'GET' && !call.user.privileged)
    return denied('Read', table);
  if (tail === '' || tail === '/$count') {
    if (request.method === 'POST' && tail === '') return insert(call, table);
    if (request.method !== 'GET') return refused('other', errors.noMethod(request.method, 'GET,POST'));
    return listRows(call, table, table.rows(world), { path: table.set, count: tail !== '' });
  }
  const path = splitRowPath(tail);
  const key = path === undefined ? undefined : keyIn(path.key, table, world);
  if (path === undefined || key === undefined) return refused('other', errors.badKey());
  const row = findRow(table, world, key);
  if (row === undefined) {
    const upserts = request.method === 'PATCH' && path.segments.length === 0;
    if (upserts && table.insert !== undefined && request.headers['if-match'] === undefined)
      return insert(call, table, key);
    return refused('other', errors.noTableRow(table.entity, key));
  }
  if (isStale(call, table, row)) return refused('other', errors.versionMismatch());
  if (path.segments.length > 0) return belowRow(call, table, row, path.segments);
  switch (request.method) {
    case 'GET':
      return retrieve(call, table, row);
    case 'PATCH':
      if (request.headers['if-none-match'] === '*') return refused('other', errors.exists());
      return patch(call, table, row, key);
    case 'DELETE':
      return remove(call, table, key);
    default:
      return notOffered(call);
  }
}

/** The primary key that a key in parentheses comes to; an alternate one that no row has stays as it is. */
function keyIn(text: string, table: AnyTable, world: World): string | undefined {
  const { key, alternateKey, columns } = table;
  const primary = readKey(text, key)?.id;
  if (primary !== undefined || alternateKey === undefined) return primary;
  const wanted = readKey(text, alternateKey)?.id;
  const column = columns.find(({ name }) => name === alternateKey);
  const found = [...table.rows(world)].find((row) => column?.read(row) === wanted);
  return found === undefined ? wanted : keyText(table, found);
}

/** Whether `If-Match` names a version that a row to be written no longer has. */
function isStale({ request }: Call, table: AnyTable, row: unknown): boolean {
  const ifMatch = request.headers['if-match'];
  if (table.version === undefined || ifMatch === undefined || ifMatch === '*') return false;
  return request.method !== 'GET' && ifMatch !== etagOf(table)(row);
}

/** A row, or 304 where the client has its version. */
function retrieve(call: Call, table: AnyTable, row: unknown): Handled {
  const { preferences, request } = call;
  const headers: readonly Field[] = table.version === undefined ? [] : [['ETag', etagOf(table)(row)]];
  const known = request.headers['if-none-match'];
  if (headers.some(([, etag]) => etag === known) && preferences.annotations === undefined)
    return { answer: { status: 304, headers, body: undefined }, resource: 'other' };
  return { answer: tableAnswer(rowAnswer(call, table, row), headers), resource: 'other' };
}
