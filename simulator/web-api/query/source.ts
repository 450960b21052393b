import type { Condition } from './condition.ts';

/**
 * The rows of a table in a fixed order, that of their positions: unique, and for one row the same
 * for ever. A row that comes later gets a later position, so that paging neither repeats nor skips.
 */
export interface RowSource<Row> {
  position(row: Row): string | number;
  /** Whether the order of positions is also the order of this column (ties allowed). */
  growsWith(column: string): boolean;
  /**
   * The rows after a position (from the start if undefined), backwards if `descending`.
   * At least all that match `filter`; a source with indexes leaves out many that do not. Undefined in between
   * stands for a search that has found none for a while: whoever reads may let others go first.
   */
  rows(
    filter: Condition<Row> | undefined,
    descending: boolean,
    after: string | number | undefined,
  ): Iterable<Row | undefined>;
}

/** A source over a small list, by a unique text of each row (its key), without indexes. */
export function listSource<Row>(list: Iterable<Row>, position: (row: Row) => string): RowSource<Row> {
  return {
    position,
    growsWith: () => false,
    rows: (_filter, descending, after) => {
      const rows = [...list].filter((row) => {
        if (after === undefined) return true;
        return descending ? position(row) < String(after) : position(row) > String(after);
      });
      rows.sort((a, b) => (position(a) < position(b) ? -1 : 1) * (descending ? -1 : 1));
      return rows;
    },
  };
}
