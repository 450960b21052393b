import type { Condition } from './condition.ts';
import { predicate } from './condition.ts';
import { Least } from './least.ts';
import { comparePlaces, placeOf } from './order.ts';
import type { Place } from './order.ts';
import type { Query } from './query.ts';
import type { PageStart } from './skip-token.ts';
import type { RowSource } from './source.ts';

/** What counting gives at most; `exceeded` then tells that there are more. */
export const countLimit = 5000;

/** Real milliseconds that a query may keep everybody else waiting, once it has looked at so many rows. */
const longestMs = 1_000;
const rowsBefore = 50_000;

/** A query that takes too much: refused as the service's own query throttling does. */
export class QueryThrottled extends Error {}

/** A page of rows, and where the next one begins if there is one. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: PageStart | undefined;
}

/** Runs a query for one page. `visible` leaves out rows that cannot be read yet. */
export function runQuery<Row>(
  query: Query<Row>,
  source: RowSource<Row>,
  visible: (row: Row) => boolean,
): Page<Row> {
  const found = inSourceOrder(query, source)
    ? streamed(query, source, visible)
    : sorted(query, source, visible);
  const rows = found.slice(0, query.limit);
  const last = rows.at(-1);
  if (last === undefined || query.last || found.length <= query.limit) return { rows, next: undefined };
  const after = placeOf(query.order, last, source.position(last));
  return { rows, next: { page: (query.start?.page ?? 1) + 1, after } };
}

/** Counts the rows that match, up to the limit. */
export function runCount<Row>(
  filter: Condition<Row> | undefined,
  source: RowSource<Row>,
  visible: (row: Row) => boolean,
): { readonly count: number; readonly exceeded: boolean } {
  const matches = filter ? predicate(filter) : () => true;
  let count = 0;
  for (const row of bounded(source.rows(filter, false, undefined))) {
    if (!visible(row) || !matches(row)) continue;
    if (count === countLimit) return { count, exceeded: true };
    count++;
  }
  return { count, exceeded: false };
}

function inSourceOrder<Row>(query: Query<Row>, source: RowSource<Row>): boolean {
  const [first, second] = query.order;
  return !first || (!second && source.growsWith(first.column.name));
}

/** One row more than the page takes, read in the source's own order. */
function streamed<Row>(query: Query<Row>, source: RowSource<Row>, visible: (row: Row) => boolean): Row[] {
  const matches = query.filter ? predicate(query.filter) : () => true;
  const found: Row[] = [];
  const descending = query.order[0]?.descending ?? false;
  for (const row of bounded(source.rows(query.filter, descending, query.start?.after.position))) {
    if (!visible(row) || !matches(row)) continue;
    if (found.push(row) > query.limit) break;
  }
  return found;
}

/** One row more than the page takes, chosen among all that match. */
function sorted<Row>(query: Query<Row>, source: RowSource<Row>, visible: (row: Row) => boolean): Row[] {
  const matches = query.filter ? predicate(query.filter) : () => true;
  const { order, start } = query;
  const least = new Least<{ row: Row; place: Place }>(query.limit + 1, (a, b) =>
    comparePlaces(order, a.place, b.place),
  );
  for (const row of bounded(source.rows(query.filter, false, undefined))) {
    if (!visible(row) || !matches(row)) continue;
    const place = placeOf(order, row, source.position(row));
    if (start && comparePlaces(order, place, start.after) <= 0) continue;
    least.add({ row, place });
  }
  return least.take().map(({ row }) => row);
}

/** The rows as they come, until they have taken too long: a filter without an index looks at all there are. */
function* bounded<Row>(rows: Iterable<Row>): Generator<Row, void> {
  const from = performance.now();
  let seen = 0;
  for (const row of rows) {
    seen += 1;
    if (seen % 1024 === 0 && seen > rowsBefore && performance.now() - from > longestMs)
      throw new QueryThrottled();
    yield row;
  }
}
