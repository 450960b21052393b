import type { Column } from '../../core/table.ts';
import type { User } from '../../situation.ts';
import type { World } from '../../world.ts';
import type { ApiError } from '../errors.ts';

/** A small table beside that of operations: what it is called, its columns, and what it allows. */
export interface SmallTable<Row> {
  readonly set: string;
  readonly entity: string;
  readonly key: string;
  /** The name with its capitals, as metadata shows it: `CustomAPI`. */
  readonly schemaName: string;
  /** What people call a row: `Custom API`. */
  readonly displayName: string;
  /** Columns that every answer carries besides the key, chosen or not. */
  readonly always?: readonly string[];
  /** Another column that names a row: `systemusers(azureactivedirectoryobjectid=…)`. A GUID. */
  readonly alternateKey?: string;
  /** The column whose text stands for a row. Default: `name`. */
  readonly primaryName?: string;
  readonly columns: readonly Column<Row>[];
  /**
   * What a body may have besides the columns here: those of the platform's table that are taken and not kept, and
   * navigation properties. Absent where the table itself refuses what it does not know.
   */
  readonly takes?: readonly string[];
  /** Whether each row has an owner; then it takes a privilege to read one. */
  readonly userOwned?: boolean;
  /** The version of a row, where it grows with each change: its etag, and what `If-Match` is held against. */
  readonly version?: (row: Row) => number;
  readonly rows: (world: World) => Iterable<Row>;
  /** POST: the new row's id, or the error. Absent: not offered. */
  readonly insert?: (
    world: World,
    body: Readonly<Record<string, unknown>>,
    now: number,
    by: User,
  ) => { readonly id: string } | { readonly error: ApiError };
  /** PATCH: the error, if any. */
  readonly change?: (
    world: World,
    row: Row,
    body: Readonly<Record<string, unknown>>,
    now: number,
    by: User,
  ) => ApiError | undefined;
  /** DELETE: true, or why the row stays. */
  readonly remove?: (world: World, id: string) => boolean | ApiError;
}

/** A table whose rows go back only to where they came from, so that nothing else has to know their type. */
export type AnyTable = SmallTable<unknown>;

/** Forgets the type of a table's rows. */
export function anyTable<Row>(table: SmallTable<Row>): AnyTable {
  return table as unknown as AnyTable;
}

/** A column of whole seconds. */
export function dateColumn<Row>(name: string, of: (row: Row) => number): Column<Row> {
  return {
    name,
    type: 'datetime',
    read: (row) => Math.floor(of(row) / 1000) * 1000,
    show: (row) => `${new Date(of(row)).toISOString().slice(0, 19)}Z`,
  };
}

/** A column of yes and no: 1 and 0 when compared, true and false when shown. */
export function flagColumn<Row>(name: string, of: (row: Row) => boolean): Column<Row> {
  return { name, type: 'boolean', read: (row) => Number(of(row)), show: of };
}

/** The whole number of a body's member; undefined if it is absent or none. */
export function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** The GUID in a reference such as `/serviceendpoints(guid)`, in lower case; undefined if it is none. */
export function boundId(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return /\(([0-9a-f-]{36})\)$/i.exec(value)?.[1]?.toLowerCase();
}
