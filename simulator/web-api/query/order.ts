import type { Column } from '../../core/table.ts';
import { compare, reader } from './comparable.ts';
import type { Comparable } from './comparable.ts';
import { failure, problems, success } from './problem.ts';
import type { InputResult } from './problem.ts';
import { findColumn } from './schema.ts';
import type { Schema } from './schema.ts';

/** One column of `$orderby`. */
export interface OrderBy<Row> {
  readonly column: Column<Row>;
  readonly descending: boolean;
  readonly read: (row: Row) => Comparable;
}

/** A row's place in an order: its cells of the ordering columns, then its position in the table. */
export interface Place {
  readonly cells: readonly Comparable[];
  readonly position: string | number;
}

/**
 * Parses `$orderby`; a parameter alias stands for a column name.
 * Errors: an unknown or repeated column, another word than asc and desc, lookup and memo columns.
 */
export function parseOrder<Row>(
  text: string | undefined,
  schema: Schema<Row>,
  aliases: ReadonlyMap<string, string>,
): InputResult<readonly OrderBy<Row>[]> {
  if (text === undefined) return success([]);
  const order: OrderBy<Row>[] = [];
  let at = 0;
  for (const item of text.split(',')) {
    const [name, direction = 'asc', ...rest] = item.trim().split(/\s+/);
    if (!name) return failure(problems.expressionExpected(at, text));
    if (rest.length > 0 || (direction !== 'asc' && direction !== 'desc'))
      return failure(problems.syntax(at, text));
    at += item.length + 1;
    const found = findColumn(schema, name.startsWith('@') ? (aliases.get(name)?.trim() ?? 'null') : name);
    if (!found.ok) return found;
    const column = found.value;
    if (column.type === 'lookup') return failure(problems.orderByLookup(column.name));
    if (column.type === 'memo') return failure(problems.orderByMemo(column.name));
    if (order.some((other) => other.column === column)) return failure(problems.repeatedOrder(column.name));
    order.push({ column, descending: direction === 'desc', read: reader(column) });
  }
  return success(order);
}

/** The place of a row. */
export function placeOf<Row>(order: readonly OrderBy<Row>[], row: Row, position: string | number): Place {
  return { cells: order.map((by) => by.read(row)), position };
}

/**
 * Compares places: negative if `left` comes first. Ties fall to the position, in the direction of
 * the last column, so that an order over a column that grows with the position can be streamed both ways.
 */
export function comparePlaces<Row>(order: readonly OrderBy<Row>[], left: Place, right: Place): number {
  for (const [index, by] of order.entries()) {
    const difference = compare(left.cells[index] ?? null, right.cells[index] ?? null);
    if (difference !== 0) return by.descending ? -difference : difference;
  }
  const difference = compare(left.position, right.position);
  return order.at(-1)?.descending ? -difference : difference;
}
