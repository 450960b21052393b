import type { Column } from '../../core/table.ts';
import { comparison } from './condition.ts';
import type { Condition } from './condition.ts';
import { asComparable } from './comparable.ts';
import { parseFilter } from './filter.ts';
import { readOptions } from './options.ts';
import type { Options } from './options.ts';
import { parseOrder } from './order.ts';
import type { OrderBy } from './order.ts';
import { failure, problems, success } from './problem.ts';
import type { InputResult } from './problem.ts';
import { parseSelect } from './schema.ts';
import type { Schema } from './schema.ts';
import { readSkipToken } from './skip-token.ts';
import type { PageStart } from './skip-token.ts';

/** Rows of a page at most, and without a wish also by default. */
export const pageLimit = 5000;

/** A query of a collection, understood and checked. */
export interface Query<Row> {
  /** Undefined: all columns. */
  readonly select: readonly Column<Row>[] | undefined;
  /** `$expand` as it is written; see `links.ts`. */
  readonly expand: string | undefined;
  readonly filter: Condition<Row> | undefined;
  readonly order: readonly OrderBy<Row>[];
  /** Rows of this page at most. */
  readonly limit: number;
  /** Whether `$top` ends the result with this page, so that no further one is offered. */
  readonly last: boolean;
  readonly count: boolean;
  /** The rows of earlier pages, where `$top` counts them. */
  readonly given: number | undefined;
  /** Undefined for the first page. */
  readonly start: PageStart | undefined;
}

/**
 * Reads the query string of a collection. `maxPageSize` is that of the preference; as Dataverse
 * documents it, `$top` is passed over beside it. Errors: the first thing wrong.
 */
export function readQuery<Row>(
  text: string,
  schema: Schema<Row>,
  maxPageSize: number | undefined,
): InputResult<Query<Row>> {
  const read = readOptions(text);
  if (!read.ok) return read;
  const { system, aliases } = read.value;
  if (system.has('$apply')) return failure(problems.notImplementedOption('$apply'));
  const select = parseSelect(system.get('$select'), schema);
  if (!select.ok) return select;
  const filter = filterOf(read.value, schema);
  if (!filter.ok) return filter;
  const order = parseOrder(system.get('$orderby'), schema, aliases);
  if (!order.ok) return order;
  const top = parseTop(system.get('$top'));
  if (!top.ok) return top;
  const count = parseCount(system.get('$count'));
  if (!count.ok) return count;
  const token = system.get('$skiptoken');
  const start = token === undefined ? success(undefined) : readSkipToken(token, order.value);
  if (!start.ok) return start;
  const earlier = start.value?.given ?? ((start.value?.page ?? 1) - 1) * pageLimit;
  const left = maxPageSize === undefined ? (top.value ?? Infinity) - earlier : Infinity;
  const size = Math.min(maxPageSize ?? pageLimit, pageLimit);
  return success({
    select: select.value,
    expand: system.get('$expand'),
    filter: filter.value,
    order: order.value,
    limit: Math.max(0, Math.min(size, left)),
    last: left <= size,
    count: count.value,
    given: maxPageSize === undefined && top.value !== undefined ? earlier : undefined,
    start: start.value,
  });
}

/** Reads the query string of one row: `$select` and `$expand` apply. Errors: options of collections, and the usual. */
export function readRowQuery<Row>(
  text: string,
  schema: Schema<Row>,
): InputResult<Pick<Query<Row>, 'select' | 'expand'>> {
  const read = readOptions(text);
  if (!read.ok) return read;
  const { system } = read.value;
  const other = [...system.keys()].find((name) => name !== '$select' && name !== '$expand');
  if (other) return failure(problems.notACollection(other));
  const select = parseSelect(system.get('$select'), schema);
  return select.ok ? success({ select: select.value, expand: system.get('$expand') }) : select;
}

/** The filter, and the partition if `partitionId` names one (a parameter of elastic tables). */
function filterOf<Row>(
  { system, aliases, custom }: Options,
  schema: Schema<Row>,
): InputResult<Condition<Row> | undefined> {
  const text = system.get('$filter');
  const filter = text === undefined ? success(undefined) : parseFilter(text, schema, aliases);
  const partition = custom.get('partitionId');
  const column = schema.columns.get('partitionid');
  const key = schema.columns.get(schema.key);
  if (!filter.ok || partition === undefined || !column || !key) return filter;
  const named = comparison(column, 'eq', asComparable('string', partition));
  // A row without a partition of its own is alone in one that is called like its key.
  const unnamed = comparison(column, 'eq', null);
  const alone = comparison(key, 'eq', asComparable('string', partition));
  const inside: Condition<Row> = {
    kind: 'or',
    parts: [named, { kind: 'and', parts: [unnamed, alone] }],
  };
  return success(filter.value ? { kind: 'and', parts: [inside, filter.value] } : inside);
}

function parseTop(text: string | undefined): InputResult<number | undefined> {
  if (text === undefined) return success(undefined);
  const top = /^\d{1,10}$/.test(text) ? Number(text) : Infinity;
  return top <= 2_147_483_647 ? success(top) : failure(problems.nonNegative('$top', text));
}

function parseCount(text: string | undefined): InputResult<boolean> {
  if (text === undefined || text === 'false') return success(false);
  return text === 'true' ? success(true) : failure(problems.countValue(text));
}
