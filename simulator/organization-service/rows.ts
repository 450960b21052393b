import { formattedValue, table } from '../../contract/vocabulary.ts';
import type { Json } from '../core/operation.ts';
import type { Column, ColumnType } from '../core/table.ts';
import { isExactNumber } from '../http/exact-json.ts';
import type { Call } from '../web-api/call.ts';
import type { ApiError } from '../web-api/errors.ts';
import { serviceErrors } from './errors.ts';
import type { Kind } from './kinds.ts';
import type { EntityRow, Typed } from './value-writer.ts';
import type { XmlElement } from './xml-element.ts';
import { childOf, childText } from './xml-reader.ts';

const noOne = '00000000-0000-0000-0000-000000000000';

/** The name of a column in the organization service: a lookup is called without `_…_value`. */
function attributeOf({ name, type }: Pick<Column, 'name' | 'type'>): string {
  return type === 'lookup' ? name.replace(/^_(.*)_value$/, '$1') : name;
}

/** The column of an attribute; undefined if the table has none. */
export function columnOf<C extends Pick<Column, 'name' | 'type'>>(
  columns: readonly C[],
  attribute: string,
): C | undefined {
  return columns.find((column) => attributeOf(column) === attribute);
}

/** Which columns a `ColumnSet` asks for: all, or these; or the first that the table does not have. */
export type ReadColumns =
  | { readonly columns: readonly Column[] | undefined; readonly error?: never }
  | { readonly error: ApiError; readonly columns?: never };

/** Reads a `ColumnSet`. Without one, only the key is wanted. */
export function readColumnSet({ world }: Call, set: XmlElement | undefined): ReadColumns {
  if (childText(set, 'a', 'AllColumns') === 'true') return { columns: undefined };
  const columns: Column[] = [];
  for (const { text } of childOf(set, 'a', 'Columns')?.children ?? []) {
    const name = text.trim();
    const column = columnOf(world.columns, name);
    if (column === undefined) return { error: serviceErrors.noAttribute(table.entity, name) };
    columns.push(column);
  }
  return { columns };
}

/** The columns as `$select`, the key among them. */
export function selectOf(
  columns: readonly Pick<Column, 'name'>[] | undefined,
  key: string = table.key,
): readonly string[] {
  if (columns === undefined) return [];
  return [`$select=${[...new Set([key, ...columns.map(({ name }) => name)])].join(',')}`];
}

const kinds: Readonly<Record<ColumnType, Kind>> = {
  guid: 'guid',
  string: 'string',
  memo: 'string',
  integer: 'int',
  bigint: 'long',
  picklist: 'option',
  datetime: 'dateTime',
  date: 'dateTime',
  lookup: 'reference',
  boolean: 'boolean',
};

/**
 * A row of the Web API as an entity. Attributes without a value are left out, but `outputparameters` is then an
 * empty list: the documented sample reads it while the operation still waits.
 */
export function entityOf(
  { world }: Call,
  row: Readonly<Record<string, Json>>,
  columns: readonly Pick<Column, 'name'>[] | undefined,
): EntityRow {
  const wanted = new Set((columns ?? world.columns).map(({ name }) => name));
  const shown = world.columns.filter(({ name }) => name === table.key || wanted.has(name));
  const attributes: [string, Typed][] = [];
  const labels: [string, string][] = [];
  for (const column of shown) {
    const name = attributeOf(column);
    const value = row[column.name] ?? (column.name === 'outputparameters' ? '[]' : null);
    if (value === null) continue;
    attributes.push([name, typedOf(column, value)]);
    const label = row[`${column.name}@${formattedValue}`];
    if (typeof label === 'string') labels.push([name, label]);
  }
  const version = row.versionnumber;
  return {
    table: table.entity,
    // Different rows of a query stand for several, so they have no key.
    id: String(row[table.key] ?? noOne).toLowerCase(),
    attributes,
    labels,
    version: isExactNumber(version) ? version.rawJSON : version === undefined ? undefined : String(version),
  };
}

function typedOf({ type }: Column, value: Json): Typed {
  if (type !== 'lookup') return { kind: kinds[type], value };
  return { kind: 'reference', value: { '@odata.type': 'systemuser', systemuserid: value } };
}

/** Refuses any table but the one of background operations. */
export function otherTable(name: string | undefined): ApiError | undefined {
  return name === table.entity ? undefined : serviceErrors.notServed(`the table '${name ?? ''}'`);
}
