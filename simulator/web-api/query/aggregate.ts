import type { Column } from '../../core/table.ts';
import { annotationNames, formatted } from './annotations.ts';
import { compare, reader } from './comparable.ts';
import { predicate } from './condition.ts';
import type { Condition } from './condition.ts';
import type { JsonCell, JsonRow } from './json-row.ts';

/** How many rows become one value. `count` counts rows, `countcolumn` those where the column is set. */
export type AggregateMethod = 'count' | 'countcolumn' | 'countdistinct' | 'sum' | 'average' | 'min' | 'max';

/** One value of each group. */
export interface Aggregate<Row> {
  readonly method: AggregateMethod;
  /** Undefined for `count`. */
  readonly column: Column<Row> | undefined;
  readonly alias: string;
}

/** What `$apply` asks for. */
export interface Aggregation<Row> {
  readonly filter: Condition<Row> | undefined;
  /** Undefined: all rows are one group. */
  readonly groups: readonly Column<Row>[] | undefined;
  readonly values: readonly Aggregate<Row>[];
}

/** One row a group, in the order in which they appear; a value that is null is left out, as the documentation shows it. */
export function aggregateRows<Row>(
  rows: Iterable<Row>,
  { filter, groups, values }: Aggregation<Row>,
  withLabels: boolean,
): JsonRow[] {
  const matches = filter === undefined ? () => true : predicate(filter);
  const keys = (groups ?? []).map(reader);
  const members = new Map<string, Row[]>();
  if (groups === undefined) members.set('[]', []);
  for (const row of rows) {
    if (!matches(row)) continue;
    const key = JSON.stringify(keys.map((read) => String(read(row))));
    const group = members.get(key);
    if (group === undefined) members.set(key, [row]);
    else group.push(row);
  }
  return [...members.values()].map((group) => {
    const json: JsonRow = {};
    const [first] = group;
    for (const column of first === undefined ? [] : (groups ?? [])) {
      const shown = (column.show ?? column.read)(first as Row);
      if (shown === null) continue;
      const text = withLabels ? formatted(column, first as Row) : undefined;
      if (text !== undefined) json[`${column.name}@${annotationNames.formattedValue}`] = text;
      json[column.name] = shown;
    }
    for (const value of values) {
      const shown = valueOf(value, group);
      if (shown === null) continue;
      if (withLabels) json[`${value.alias}@${annotationNames.formattedValue}`] = String(shown);
      json[value.alias] = shown;
    }
    return json;
  });
}

function valueOf<Row>({ method, column }: Aggregate<Row>, rows: readonly Row[]): JsonCell {
  if (column === undefined) return rows.length;
  const read = reader(column);
  const set = rows.filter((row) => read(row) !== null);
  switch (method) {
    case 'count':
    case 'countcolumn':
      return set.length;
    case 'countdistinct':
      return new Set(set.map(read)).size;
    case 'sum':
    case 'average': {
      const sum = set.reduce((total, row) => total + Number(read(row)), 0);
      if (method === 'sum') return sum;
      return set.length === 0 ? null : sum / set.length;
    }
    case 'min':
    case 'max': {
      const sign = method === 'min' ? 1 : -1;
      const [least] = set.toSorted((a, b) => sign * compare(read(a), read(b)));
      return least === undefined ? null : (column.show ?? column.read)(least);
    }
  }
}
