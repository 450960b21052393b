import type { Column } from '../../core/table.ts';
import type { Aggregate, AggregateMethod, Aggregation } from './aggregate.ts';
import type { Condition } from './condition.ts';
import { splitOutside } from './expand.ts';
import { parseFilter } from './filter.ts';
import { failure, problems, success } from './problem.ts';
import type { InputResult } from './problem.ts';
import { findColumn } from './schema.ts';
import type { Schema } from './schema.ts';

const methods: ReadonlyMap<string, AggregateMethod> = new Map([
  ['sum', 'sum'],
  ['average', 'average'],
  ['min', 'min'],
  ['max', 'max'],
  ['countdistinct', 'countdistinct'],
  ['Microsoft.Dynamics.CRM.CountColumn', 'countcolumn'],
]);

/** What can be added up, and what has a least one. */
const summed: ReadonlySet<Column['type']> = new Set(['integer', 'bigint']);
const ordered: ReadonlySet<Column['type']> = new Set([...summed, 'date', 'datetime']);

/**
 * Parses `$apply`: any number of `filter(…)`, then `groupby((…))`, `groupby((…),aggregate(…))` or `aggregate(…)`.
 * Errors: other transformations, unknown columns, columns that a method does not go with, paths along lookups.
 */
export function parseApply<Row>(
  text: string,
  schema: Schema<Row>,
  aliases: ReadonlyMap<string, string>,
): InputResult<Aggregation<Row>> {
  const filters: Condition<Row>[] = [];
  const steps = splitOutside(text, '/') ?? [];
  for (const [index, step] of steps.entries()) {
    const [, kind, inside = ''] = /^\s*(filter|groupby|aggregate)\(([^]*)\)\s*$/.exec(step) ?? [];
    if (kind === 'filter') {
      const filter = parseFilter(inside, schema, aliases);
      if (!filter.ok) return filter;
      filters.push(filter.value);
      continue;
    }
    if (kind === undefined || index < steps.length - 1) break;
    const filter: Condition<Row> | undefined =
      filters.length === 0 ? undefined : { kind: 'and', parts: filters };
    const read = kind === 'groupby' ? readGroups(inside, schema) : readValues(inside, schema);
    return read.ok ? success({ groups: undefined, ...read.value, filter }) : read;
  }
  return failure(problems.syntax(0, text));
}

type Read<Row> = InputResult<Pick<Aggregation<Row>, 'values'> & Partial<Aggregation<Row>>>;

function readGroups<Row>(text: string, schema: Schema<Row>): Read<Row> {
  const [first = '', second, ...more] = splitOutside(text, ',') ?? [];
  const names = /^\s*\(([^()]*)\)\s*$/.exec(first)?.[1];
  const values = second === undefined ? '' : /^\s*aggregate\(([^]*)\)\s*$/.exec(second)?.[1];
  if (names === undefined || values === undefined || more.length > 0)
    return failure(problems.syntax(0, text));
  const groups: Column<Row>[] = [];
  for (const name of names.split(',')) {
    if (name.includes('/')) return failure(problems.notImplementedOption(`$apply along ${name.trim()}`));
    const column = findColumn(schema, name.trim());
    if (!column.ok) return column;
    groups.push(column.value);
  }
  if (second === undefined) return success({ groups, values: [] });
  const read = readValues(values, schema);
  return read.ok ? success({ groups, values: read.value.values }) : read;
}

function readValues<Row>(text: string, schema: Schema<Row>): Read<Row> {
  const values: Aggregate<Row>[] = [];
  for (const item of splitOutside(text, ',') ?? ['']) {
    const [, name = '', , as, alias = ''] =
      /^\s*([$\w]+)(\s+with\s+([\w.]+))?\s+as\s+(\w+)\s*$/.exec(item) ?? [];
    const method = as === undefined ? (name === '$count' ? 'count' : undefined) : methods.get(as);
    if (method === undefined) return failure(problems.syntax(text.indexOf(item), text));
    if (method === 'count') {
      values.push({ method, column: undefined, alias });
      continue;
    }
    const column = findColumn(schema, name);
    if (!column.ok) return column;
    const fits = method === 'sum' || method === 'average' ? summed : ordered;
    if (!method.startsWith('count') && !fits.has(column.value.type))
      return failure(problems.aggregate(name, method));
    values.push({ method, column: column.value, alias });
  }
  return success({ values });
}
