import type { Column, ColumnType } from '../../core/table.ts';

/** A cell in the form in which cells of one column are compared. */
export type Comparable = string | number | bigint | null;

/**
 * The comparable form of a cell: text in lower case, since Dataverse compares text without regard
 * to case; bigint exact, although JSON and `read` may carry it as text; a date-only text as its midnight.
 */
export function asComparable(type: ColumnType, value: string | number | null): Comparable {
  if (value === null) return null;
  switch (type) {
    case 'memo':
    case 'lookup':
    case 'guid':
    case 'string':
      return String(value).toLowerCase();
    case 'bigint':
      return BigInt(value);
    case 'date':
    case 'datetime':
      return typeof value === 'number' ? value : Date.parse(value);
    case 'boolean':
    case 'integer':
    case 'picklist':
      return value;
  }
}

/** Reads a column of rows in comparable form. */
export function reader<Row>(column: Column<Row>): (row: Row) => Comparable {
  const { read, type } = column;
  return (row) => asComparable(type, read(row));
}

/** Orders two cells of one column: negative, 0 or positive. Null is the least, as in Dataverse's ascending order. */
export function compare(left: Comparable, right: Comparable): number {
  if (left === null) return right === null ? 0 : -1;
  if (right === null) return 1;
  if (left < right) return -1;
  return left > right ? 1 : 0;
}

/** The name of a column's type in messages. */
export function columnTypeName(type: ColumnType): string {
  switch (type) {
    case 'string':
    case 'memo':
      return 'Edm.String';
    case 'guid':
    case 'lookup':
      return 'Edm.Guid';
    case 'integer':
    case 'picklist':
      return 'Edm.Int32';
    case 'bigint':
      return 'Edm.Int64';
    case 'datetime':
      return 'Edm.DateTimeOffset';
    case 'date':
      return 'Edm.Date';
    case 'boolean':
      return 'Edm.Boolean';
  }
}
