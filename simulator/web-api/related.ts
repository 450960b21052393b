import type { Column } from '../core/table.ts';
import type { World } from '../world.ts';
import type { Call } from './call.ts';
import type { ExpandItem } from './query/expand.ts';
import type { Links, ShownLink } from './query/links.ts';
import { readExpand } from './query/links.ts';
import { failure, problems, success } from './query/problem.ts';
import type { InputResult } from './query/problem.ts';
import { readQuery, readRowQuery } from './query/query.ts';
import type { Query } from './query/query.ts';
import { rowRenderer } from './query/render.ts';
import { runQuery } from './query/run.ts';
import type { Schema } from './query/schema.ts';
import { findColumn, schemaOf } from './query/schema.ts';
import { listSource } from './query/source.ts';
import { smallTables } from './tables/all-tables.ts';
import type { AnyTable } from './tables/small-table.ts';

/** A navigation property from a table to another. */
export type Relation =
  | { readonly kind: 'one'; readonly target: AnyTable; readonly column: Column<unknown> }
  | {
      readonly kind: 'many';
      readonly target: AnyTable;
      /** The lookup of the other table that leads back. */
      readonly column: Column<unknown>;
      readonly navigation: string;
    };

/** The navigation property of a name; undefined if the table has none, or leads to a table that is not served. */
export function relationOf(table: AnyTable, name: string): Relation | undefined {
  const column = table.columns.find(({ lookup }) => lookup?.navigation === name);
  const target = tableOf(column?.lookup?.entity);
  return column === undefined || target === undefined ? manyOf(table, name) : { kind: 'one', target, column };
}

/** The table of a logical name. */
export function tableOf(entity: string | undefined): AnyTable | undefined {
  return smallTables.find((each) => each.entity === entity);
}

function manyOf(table: AnyTable, name: string): Relation | undefined {
  for (const target of smallTables) {
    for (const column of target.columns) {
      const { lookup } = column;
      if (lookup?.entity === table.entity && lookup.inverse === name)
        return { kind: 'many', target, column, navigation: lookup.navigation };
    }
  }
  return undefined;
}

/** The key of a row as text. */
export function keyText(table: AnyTable, row: unknown): string {
  return String(table.columns.find(({ name }) => name === table.key)?.read(row));
}

/** The row of a key; undefined if there is none. */
export function findRow(table: AnyTable, world: World, key: string): unknown {
  for (const row of table.rows(world)) if (keyText(table, row) === key) return row;
  return undefined;
}

/** The rows of the other table whose lookup leads to the row of this key. */
export function relatedRows(relation: Relation & { kind: 'many' }, world: World, key: string): unknown[] {
  return [...relation.target.rows(world)].filter((row) => relation.column.read(row) === key);
}

const schemas = new WeakMap<AnyTable, Schema<unknown>>();

/** The table as queries see it; made once. */
export function schemaFor(table: AnyTable): Schema<unknown> {
  const schema =
    schemas.get(table) ??
    schemaOf(
      table,
      table.columns.filter(({ writeOnly }) => writeOnly !== true),
    );
  schemas.set(table, schema);
  return schema;
}

/** The etag of a row: its version, or a part of its key where the table has none that grows. */
export function etagOf(table: AnyTable): (row: unknown) => string {
  const { version } = table;
  if (version !== undefined) return (row) => `W/"${version(row)}"`;
  return (row) => `W/"${keyText(table, row).slice(0, 8)}"`;
}

/** What `$expand` may name in a query of a table. */
function linksOf(table: AnyTable, call: Call): Links<unknown> {
  return (item) => {
    const relation = relationOf(table, item.name);
    if (relation === undefined) return undefined;
    return relation.kind === 'one'
      ? expandOne(relation, item, call)
      : expandMany(relation, item, call, table);
  };
}

const optionsOf = ({ options }: ExpandItem) =>
  [...options].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');

function expandOne(
  { target, column }: Relation & { kind: 'one' },
  item: ExpandItem,
  call: Call,
): InputResult<ShownLink<unknown>> {
  const found = (row: unknown) => findRow(target, call.world, String(column.read(row)));
  if (item.reference) {
    const value = (row: unknown) => {
      const other = found(row);
      return other === undefined ? null : { '@odata.id': rowAddress(call, target, other) };
    };
    return success({ value });
  }
  const query = readRowQuery(optionsOf(item), schemaFor(target));
  if (!query.ok) return query;
  const render = rendererOf(target, query.value, call);
  if (!render.ok) return render;
  const value = (row: unknown) => {
    const other = found(row);
    return other === undefined ? null : render.value(other);
  };
  return success({ value });
}

function expandMany(
  relation: Relation & { kind: 'many' },
  item: ExpandItem,
  call: Call,
  table: AnyTable,
): InputResult<ShownLink<unknown>> {
  const { target } = relation;
  if (item.reference) return failure(problems.expandedReference());
  if (item.options.has('$skiptoken')) return failure(problems.unknownOption('$skiptoken'));
  const query = readQuery(optionsOf(item), schemaFor(target), undefined);
  if (!query.ok) return query;
  const render = rendererOf(target, query.value, call);
  if (!render.ok) return render;
  const value = (row: unknown) => {
    const rows = relatedRows(relation, call.world, keyText(table, row));
    const source = listSource(rows, (each) => keyText(target, each));
    const steps = runQuery(query.value, source, () => true);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return step.value.rows.map(render.value);
  };
  const options = [...item.options].map(([name, text]) => `${name}=${inUrl(text)}`).join('&');
  const link = (row: unknown) =>
    `${rowAddress(call, table, row)}/${item.name}${options === '' ? '' : `?${options}`}`;
  return success({ value, link });
}

/** A text as it can stand in a query, as readable as the documentation shows it. */
function inUrl(text: string): string {
  return encodeURI(text).replaceAll('&', '%26').replaceAll('+', '%2B').replaceAll('#', '%23');
}

/** The address of a row. */
export function rowAddress({ root }: Pick<Call, 'root'>, table: AnyTable, row: unknown): string {
  return `${root}${table.set}(${keyText(table, row)})`;
}

function rendererOf(
  table: AnyTable,
  query: Pick<Query<unknown>, 'select' | 'expand'>,
  call: Call,
): InputResult<ReturnType<typeof rowRenderer<unknown>>> {
  const schema = schemaFor(table);
  const expand = readExpand(query.expand, schema, linksOf(table, call));
  if (!expand.ok) return expand;
  const { annotations } = call.preferences;
  return success(
    rowRenderer({
      schema,
      select: query.select,
      expand: expand.value,
      annotations,
      root: call.root,
      etag: etagOf(table),
    }),
  );
}

/** The column at the end of a path along lookups: of a row it reads what the row at the other end has. */
function columnAlong(table: AnyTable, world: World, path: string): InputResult<Column<unknown>> {
  const [navigation = '', ...rest] = path.split('/');
  const relation = relationOf(table, navigation);
  if (relation?.kind !== 'one') return failure(problems.unknownProperty(navigation, table.entity));
  const { target, column } = relation;
  const schema: Schema<unknown> = {
    ...schemaFor(target),
    along: (further) => columnAlong(target, world, further),
  };
  const found = findColumn(schema, rest.join('/'));
  if (!found.ok) return found;
  const read = (row: unknown) => {
    const other = findRow(target, world, String(column.read(row)));
    return other === undefined ? null : found.value.read(other);
  };
  return success({ ...found.value, name: path, read });
}

/** What conditions of a table may follow: lookups to one row, and collections of rows. */
function linked(table: AnyTable, world: World): Pick<Schema<unknown>, 'along' | 'collection'> {
  return {
    along: (path) => columnAlong(table, world, path),
    collection: (name) => {
      const relation = relationOf(table, name);
      if (relation?.kind !== 'many') return undefined;
      return {
        schema: { ...schemaFor(relation.target), ...linked(relation.target, world) },
        rows: (row) => relatedRows(relation, world, keyText(table, row)),
      };
    },
  };
}

/** What the query engine needs of a table and of the request, whether one row or many are asked for. */
export function queryOf(call: Call, table: AnyTable) {
  const { request, preferences, root, situation, user } = call;
  return {
    schema: {
      ...schemaFor(table),
      ...linked(table, call.world),
      moment: { now: situation.now, userId: user.id },
    },
    root,
    query: request.query,
    annotations: preferences.annotations,
    maxPageSize: preferences.maxPageSize,
    etag: etagOf(table),
    links: linksOf(table, call),
  };
}
