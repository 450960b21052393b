import type { Steps } from '../../turns.ts';
import type { Condition } from './condition.ts';
import { predicate } from './condition.ts';
import { Least } from './least.ts';
import { comparePlaces, placeOf } from './order.ts';
import type { Place } from './order.ts';
import type { Query } from './query.ts';
import { pageLimit } from './query.ts';
import type { PageStart } from './skip-token.ts';
import type { RowSource } from './source.ts';

/** What counting gives at most; `exceeded` then tells that there are more. */
export const countLimit = 5000;

/** Rows that are looked at in one step. */
export const rowsOfStep = 4;

/** A page of rows, and where the next one begins if there is one. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: PageStart | undefined;
}

/** Runs a query for one page, step by step. `visible` leaves out rows that cannot be read yet. */
export function* runQuery<Row>(
  query: Query<Row>,
  source: RowSource<Row>,
  visible: (row: Row) => boolean,
): Steps<Page<Row>> {
  const found = inSourceOrder(query, source)
    ? yield* streamed(query, source, visible)
    : yield* sorted(query, source, visible);
  const rows = found.slice(0, query.limit);
  const more = !query.last && found.length > query.limit;
  return { rows, next: more ? startAfter(query, source, rows) : undefined };
}

/** Where the page after these rows begins; undefined if there are none. */
export function startAfter<Row>(
  { order, start, given }: Query<Row>,
  source: RowSource<Row>,
  rows: readonly Row[],
): PageStart | undefined {
  const last = rows.at(-1);
  if (last === undefined) return undefined;
  const after = placeOf(order, last, source.position(last));
  const earlier = start?.page ?? 1;
  const next = { page: earlier + 1, after };
  // After full pages the number of the page tells how many rows of `$top` are left.
  const sofar = given === undefined ? undefined : given + rows.length;
  return sofar === undefined || sofar === earlier * pageLimit ? next : { ...next, given: sofar };
}

/** Counts the rows that match, up to the limit, step by step. */
export function* runCount<Row>(
  filter: Condition<Row> | undefined,
  source: RowSource<Row>,
  visible: (row: Row) => boolean,
): Steps<{ readonly count: number; readonly exceeded: boolean }> {
  const matches = filter ? predicate(filter) : () => true;
  let count = 0;
  let seen = 0;
  for (const row of source.rows(filter, false, undefined)) {
    if (++seen % rowsOfStep === 0) yield;
    if (row === undefined || !visible(row) || !matches(row)) continue;
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
function* streamed<Row>(
  query: Query<Row>,
  source: RowSource<Row>,
  visible: (row: Row) => boolean,
): Steps<Row[]> {
  const matches = query.filter ? predicate(query.filter) : () => true;
  const found: Row[] = [];
  const descending = query.order[0]?.descending ?? false;
  let seen = 0;
  for (const row of source.rows(query.filter, descending, query.start?.after.position)) {
    if (++seen % rowsOfStep === 0) yield;
    if (row === undefined || !visible(row) || !matches(row)) continue;
    if (found.push(row) > query.limit) break;
  }
  return found;
}

/** One row more than the page takes, chosen among all that match. */
function* sorted<Row>(
  query: Query<Row>,
  source: RowSource<Row>,
  visible: (row: Row) => boolean,
): Steps<Row[]> {
  const matches = query.filter ? predicate(query.filter) : () => true;
  const { order, start } = query;
  const least = new Least<{ row: Row; place: Place }>(query.limit + 1, (a, b) =>
    comparePlaces(order, a.place, b.place),
  );
  let seen = 0;
  for (const row of source.rows(query.filter, false, undefined)) {
    if (++seen % rowsOfStep === 0) yield;
    if (row === undefined || !visible(row) || !matches(row)) continue;
    const place = placeOf(order, row, source.position(row));
    if (start && comparePlaces(order, place, start.after) <= 0) continue;
    least.add({ row, place });
  }
  return least.take().map(({ row }) => row);
}
