import { table } from '../../contract/vocabulary.ts';
import { readableRow, updateRow } from './backgroundoperations.ts';
import { reference } from './below-row.ts';
import { readBody } from './body.ts';
import type { Call, Handled } from './call.ts';
import { noContent, refused } from './call.ts';
import { errors } from './errors.ts';
import { columnAnswer } from './property.ts';
import { findRow, tableOf } from './related.ts';
import { readKey } from './row-key.ts';
import { splitRowPath } from './row-path.ts';
import { rowAnswer } from './small-table-reads.ts';
import { tableAnswer } from './table-answer.ts';

/** `backgroundoperations(key)/…`: a property, its raw value, or the user that a lookup leads to. */
export function belowOperation(call: Call, tail: string): Handled {
  const path = splitRowPath(tail);
  const key = path === undefined ? undefined : readKey(path.key, table.key);
  if (path === undefined || key === undefined) return refused('other', errors.badKey());
  const [name = '', then = '', ...more] = path.segments;
  const column = call.world.columns.find((each) => each.name === name);
  const { method } = call.request;
  if (column === undefined || more.length > 0) return user(call, key, name, then);
  if (method === 'GET' && (then === '' || then === '$value')) {
    const read = readableRow(call, key);
    if (read.error !== undefined) return refused('row-get', read.error, read.operation);
    return columnAnswer(call, table.set, key.id, column, read.operation, then === '$value');
  }
  if (then !== '') return refused('other', errors.noSegment(then));
  if (method !== 'PUT' && method !== 'DELETE')
    return refused('other', errors.noMethod(method, 'GET,PUT,DELETE'));
  const body = method === 'PUT' ? readBody(call.request.body) : { value: { value: null } };
  if (body.error !== undefined) return refused('row-patch', body.error);
  const written = { value: { [name]: body.value.value ?? null } };
  return updateRow(call, key, written, { ifMatch: '*', onlyIfNew: false });
}

/** The row of a lookup is one of another table: reading it joins nothing, which elastic tables cannot. */
function user(call: Call, key: NonNullable<ReturnType<typeof readKey>>, name: string, then: string): Handled {
  const { world, request } = call;
  const column = world.columns.find(({ lookup }) => lookup?.navigation === name);
  const target = tableOf(column?.lookup?.entity);
  if (column === undefined || target === undefined || (then !== '' && then !== '$ref'))
    return refused('other', errors.noSegment(then === '' ? name : then));
  if (request.method !== 'GET') return refused('other', errors.noMethod(request.method, 'GET'));
  const read = readableRow(call, key);
  if (read.error !== undefined) return refused('row-get', read.error, read.operation);
  const row = findRow(target, world, String(column.read(read.operation)));
  if (row === undefined) return { answer: noContent(), resource: 'other' };
  if (then === '$ref') return reference(call, target, row);
  return { answer: tableAnswer(rowAnswer(call, target, row)), resource: 'other' };
}
