import { readBody } from './body.ts';
import type { Call, Handled } from './call.ts';
import { noContent, odataAnswer, refused } from './call.ts';
import { errors } from './errors.ts';
import { columnAnswer } from './property.ts';
import type { Relation } from './related.ts';
import { rowAddress, findRow, keyText, relatedRows, relationOf, schemaFor } from './related.ts';
import { readKey } from './row-key.ts';
import { listRows, rowAnswer } from './small-table-reads.ts';
import { change, notOffered } from './small-table-writes.ts';
import { tableAnswer } from './table-answer.ts';
import { boundId } from './tables/small-table.ts';
import type { AnyTable } from './tables/small-table.ts';

/** `table(key)/…`: a property of a row, its raw value, what a navigation property leads to, and references. */
export function belowRow(
  call: Call,
  table: AnyTable,
  row: unknown,
  segments: readonly string[],
): Handled | Promise<Handled> {
  const [name = '', then = '', ...more] = segments;
  const key = keyText(table, row);
  const column = schemaFor(table).columns.get(name);
  if (column !== undefined && more.length === 0 && (then === '' || then === '$value')) {
    const { method } = call.request;
    if (method === 'GET') return columnAnswer(call, table.set, key, column, row, then === '$value');
    if (then === '' && (method === 'PUT' || method === 'DELETE')) {
      const body = method === 'PUT' ? readBody(call.request.body) : { value: { value: null } };
      if (body.error !== undefined) return refused('other', body.error);
      return change(call, table, row, key, { [name]: body.value.value ?? null });
    }
    return refused('other', errors.noMethod(method, 'GET,PUT,DELETE'));
  }
  const [, property = name, childKey] = /^(\w+)(\([^()]*\))$/.exec(name) ?? [];
  const relation = relationOf(table, property);
  if (relation === undefined || more.length > 0) return refused('other', errors.noSegment(name));
  const place: Place = { call, table, row, key, property };
  if (relation.kind === 'one' && childKey === undefined) return one(place, relation, then);
  if (relation.kind === 'many') return many(place, relation, childKey, then);
  return refused('other', errors.noSegment(name));
}

/** Where a path has led to. */
interface Place {
  readonly call: Call;
  readonly table: AnyTable;
  readonly row: unknown;
  readonly key: string;
  /** The navigation property. */
  readonly property: string;
}

function one(place: Place, relation: Relation & { kind: 'one' }, then: string): Handled {
  const { call, table, row, key, property } = place;
  const { method } = call.request;
  if (then === '$ref' && method !== 'GET') {
    if (method === 'DELETE') return change(call, table, row, key, { [`${property}@odata.bind`]: null });
    if (method !== 'PUT' && method !== 'POST') return notOffered(call);
    const body = readBody(call.request.body);
    if (body.error !== undefined) return refused('other', body.error);
    return change(call, table, row, key, { [`${property}@odata.bind`]: body.value['@odata.id'] });
  }
  if (method !== 'GET') return notOffered(call);
  const { target, column } = relation;
  const found = findRow(target, call.world, String(column.read(row)));
  if (found === undefined) return { answer: noContent(), resource: 'other' };
  if (then === '') return { answer: tableAnswer(rowAnswer(call, target, found)), resource: 'other' };
  if (then === '$ref') return reference(call, target, found);
  const below = schemaFor(target).columns.get(then);
  if (below === undefined) return refused('other', errors.noSegment(then));
  return columnAnswer(call, target.set, keyText(target, found), below, found, false);
}

function many(
  place: Place,
  relation: Relation & { kind: 'many' },
  childKey: string | undefined,
  then: string,
): Handled | Promise<Handled> {
  const { call, table, key, property } = place;
  const { method } = call.request;
  const { target, navigation } = relation;
  const rows = relatedRows(relation, call.world, key);
  const id = childKey === undefined ? undefined : readKey(childKey, target.key)?.id;
  const child = id === undefined ? undefined : rows.find((each) => keyText(target, each) === id);
  if (childKey !== undefined && child === undefined)
    return refused('other', id === undefined ? errors.badKey() : errors.noTableRow(target.entity, id));
  if (then === '$ref' && method === 'DELETE' && id !== undefined)
    return change(call, target, child, id, { [`${navigation}@odata.bind`]: null });
  if (then === '$ref' && method === 'POST' && childKey === undefined) return add(place, relation);
  if (method !== 'GET') return notOffered(call);
  if (child !== undefined) {
    if (then === '$ref') return reference(call, target, child);
    if (then === '') return { answer: tableAnswer(rowAnswer(call, target, child)), resource: 'other' };
    return belowRow(call, target, child, [then]);
  }
  if (then === '$ref') return references(call, target, rows);
  if (then !== '' && then !== '$count') return refused('other', errors.noSegment(then));
  return listRows(call, target, rows, { path: `${table.set}(${key})/${property}`, count: then !== '' });
}

/** Links another row to this one: it is the other row's lookup that changes. */
function add({ call, table, key }: Place, { target, navigation }: Relation & { kind: 'many' }): Handled {
  const body = readBody(call.request.body);
  if (body.error !== undefined) return refused('other', body.error);
  const id = boundId(body.value['@odata.id']);
  const child = id === undefined ? undefined : findRow(target, call.world, id);
  if (id === undefined) return refused('other', errors.invalidArgument("'@odata.id' has to name a row."));
  if (child === undefined) return refused('other', errors.noTableRow(target.entity, id));
  return change(call, target, child, id, { [`${navigation}@odata.bind`]: `/${table.set}(${key})` });
}

/** The address of a row, as `/$ref` answers it. */
export function reference(call: Call, table: AnyTable, row: unknown): Handled {
  const answer = odataAnswer({
    '@odata.context': `${call.root}$metadata#$ref`,
    '@odata.id': rowAddress(call, table, row),
  });
  return { answer, resource: 'other' };
}

function references(call: Call, table: AnyTable, rows: readonly unknown[]): Handled {
  const answer = odataAnswer({
    '@odata.context': `${call.root}$metadata#Collection($ref)`,
    value: rows.map((row) => ({ '@odata.id': rowAddress(call, table, row) })),
  });
  return { answer, resource: 'other' };
}
