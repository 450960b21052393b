import type { Column } from '../../core/table.ts';
import { failure, problems, success } from './problem.ts';
import type { InputResult } from './problem.ts';

/** A table as queries see it. */
export interface Schema<Row> {
  /** The entity set, `backgroundoperations`. */
  readonly set: string;
  /** The logical name, `backgroundoperation`. */
  readonly entity: string;
  /** The primary key's column. */
  readonly key: string;
  /** Columns that every answer carries, chosen or not, if the table has them. */
  readonly always: readonly string[];
  readonly columns: ReadonlyMap<string, Column<Row>>;
  /** The column at the end of a path along lookups, `sdkmessageid/name`; absent where the table has no links. */
  readonly along?: (path: string) => InputResult<Column<Row>>;
  /** What a collection-valued navigation property leads to; absent where the table has no links. */
  readonly collection?: (name: string) => RelatedCollection<Row> | undefined;
  /** What conditions such as `Today` and `EqualUserId` are relative to; where it is absent they are not served. */
  readonly moment?: QueryMoment;
}

/** The rows of another table that belong to one of this table. */
export interface RelatedCollection<Row> {
  readonly schema: Schema<unknown>;
  readonly rows: (row: Row) => readonly unknown[];
}

/** When a query is asked (epoch milliseconds), and by whom. */
interface QueryMoment {
  readonly now: number;
  readonly userId: string;
}

/** Makes a schema of a list of columns. */
export function schemaOf<Row>(
  names: {
    readonly set: string;
    readonly entity: string;
    readonly key: string;
    readonly always?: readonly string[];
  },
  columns: readonly Column<Row>[],
): Schema<Row> {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const always = [names.key, ...(names.always ?? [])];
  return { ...names, always, columns: byName };
}

/** The column of a name; names are case-sensitive. Errors: unknown name, a path to another table. */
export function findColumn<Row>(schema: Schema<Row>, name: string): InputResult<Column<Row>> {
  const column = schema.columns.get(name);
  if (column) return success(column);
  const managed = name.endsWith('/Value') ? schema.columns.get(name.slice(0, -'/Value'.length)) : undefined;
  if (managed?.managedProperty !== undefined) return success(managed);
  if (!name.includes('/')) return failure(problems.unknownProperty(name, schema.entity));
  return schema.along?.(name) ?? failure(problems.navigation());
}

/** The lookup column behind a navigation property, whose name `$select` takes for the column's. */
function lookupOf<Row>(schema: Schema<Row>, name: string): InputResult<Column<Row>> | undefined {
  for (const column of schema.columns.values()) {
    if (column.lookup?.navigation === name) return success(column);
  }
  return undefined;
}

/**
 * Parses `$select`: columns in the order given, each once; undefined for all (no option, or `*`).
 * Errors: an empty item, an unknown column.
 */
export function parseSelect<Row>(
  text: string | undefined,
  schema: Schema<Row>,
): InputResult<readonly Column<Row>[] | undefined> {
  if (text === undefined) return success(undefined);
  const chosen = new Set<Column<Row>>();
  let all = false;
  let at = 0;
  for (const item of text.split(',')) {
    const name = item.trim();
    if (name === '') return failure(problems.syntax(at, text));
    at += item.length + 1;
    if (name === '*') {
      all = true;
      continue;
    }
    const column = lookupOf(schema, name) ?? findColumn(schema, name);
    if (!column.ok) return column;
    chosen.add(column.value);
  }
  return success(all ? undefined : [...chosen]);
}
