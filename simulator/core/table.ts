import type { ExactNumber } from '../http/exact-json.ts';
import type { Operation, OperationStore } from './operation.ts';

/** What a column holds, as far as filtering, ordering and rendering go. */
export type ColumnType =
  'guid' | 'string' | 'memo' | 'integer' | 'bigint' | 'picklist' | 'datetime' | 'date' | 'lookup' | 'boolean';

/**
 * A column of `backgroundoperations` (or of another table, whose rows are `Row`) as it is read. `read` gives the comparable value: strings and
 * numbers as they are, guid and lookup in lower case, datetime as epoch milliseconds, boolean as 0 and 1, null if unset.
 */
export interface Column<Row = Operation> {
  /** The logical name, as in `$select`, `$filter` and `$orderby` (`_createdby_value` for a lookup). */
  readonly name: string;
  readonly type: ColumnType;
  readonly read: (row: Row) => string | number | null;
  /** The JSON value in an answer; by default what `read` gives. Datetimes become text here. */
  readonly show?: (row: Row) => string | number | boolean | ExactNumber | ManagedProperty | null;
  /** What the choice of a picklist is called, where that is not table and column. */
  readonly choice?: string;
  /** Labels of a picklist. */
  readonly labels?: Readonly<Record<number, string>>;
  /** Which managed property a flag is: it is shown as an object then, and its path in a query is `name/Value`. */
  readonly managedProperty?: string;
  /** Where a lookup leads. */
  readonly lookup?: Lookup;
  /** Characters of a text at most, where that is limited. */
  readonly longest?: number;
  /** Whether a row needs a value: `system` where metadata calls it so, though a client may leave it out. */
  readonly required?: boolean | 'system';
  /** Whether it is written, and never read back. */
  readonly writeOnly?: boolean;
  /** Whether only the platform writes it. */
  readonly readOnly?: boolean;
}

/** A flag as an answer shows it that a solution can protect against changes. */
type ManagedProperty = {
  readonly Value: boolean;
  readonly CanBeChanged: boolean;
  readonly ManagedPropertyLogicalName: string;
};

/** The other end of a lookup column. */
interface Lookup {
  /** The single-valued navigation property: names are case-sensitive. */
  readonly navigation: string;
  /** The logical name of the table whose rows are referred to. */
  readonly entity: string;
  /** The collection-valued navigation property of that table that leads back, where there is one. */
  readonly inverse?: string;
}

/** What the query engine gets for `GET backgroundoperations…` (collection, `/$count`) or one row. */
export interface TableRequest {
  readonly store: OperationStore;
  readonly columns: readonly Column[];
  /** The moment of the request, epoch milliseconds. */
  readonly now: number;
  /** The id of the user who asks. */
  readonly userId: string;
  /** Whether a row can be read at `now` (eventual consistency); the engine leaves out the others. */
  readonly visible: (operation: Operation) => boolean;
  /** `https://contoso.crm.dynamics.com/api/data/v9.2/`: what `@odata.context` and `nextLink` start with. */
  readonly root: string;
  /** Raw query string without `?`, still percent-encoded. */
  readonly query: string;
  /** The annotation patterns of `odata.include-annotations` as written, e.g. `*`; undefined without it. */
  readonly annotations: string | undefined;
  /** `odata.maxpagesize`; undefined without it or if it is no positive integer. */
  readonly maxPageSize: number | undefined;
  /** The `@odata.etag` of a row. */
  readonly etag: (operation: Operation) => string;
}

/**
 * What the engine answers. `body` is undefined for none; a string is sent as text/plain (`/$count`).
 * `preferenceApplied` lists what was applied, each as it is echoed. An error has `error` set.
 */
export type TableAnswer =
  | { readonly status: 200; readonly body: object | string; readonly preferenceApplied: readonly string[] }
  | { readonly status: number; readonly error: { readonly code: string; readonly message: string } };

/**
 * The two entry points of `web-api/query/table-query.ts`:
 * `queryRows(request)` for the collection, `countRows(request)` for `/$count`,
 * `renderRow(request, operation)` for one row (`$select`, annotations; `/$entity` context).
 */
export type QueryRows = (request: TableRequest) => TableAnswer | Promise<TableAnswer>;
/** See {@link QueryRows}. */
export type RenderRow = (request: TableRequest, operation: Operation) => TableAnswer;
