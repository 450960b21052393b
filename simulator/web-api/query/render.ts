import type { Column } from '../../core/table.ts';
import { annotationNames, formatted, wants } from './annotations.ts';
import type { JsonRow } from './json-row.ts';
import type { Expansion } from './links.ts';
import type { Schema } from './schema.ts';

/** What rendering needs beside the rows. */
export interface Rendering<Row> {
  readonly schema: Schema<Row>;
  /** Undefined: all columns. */
  readonly select: readonly Column<Row>[] | undefined;
  /** What stands for the navigation properties that are expanded. */
  readonly expand?: readonly Expansion<Row>[];
  readonly annotations: string | undefined;
  /** What `@odata.context` starts with, with its closing slash. */
  readonly root: string;
  /** The value of `@odata.etag`. */
  readonly etag: (row: Row) => string;
}

/** The context URL: of the collection, or of one entity of it. */
export function contextOf<Row>(
  { schema, select, expand = [], root }: Rendering<Row>,
  single: boolean,
): string {
  const expanded = expand.map(({ name, select: inner = '', reference = false }) =>
    reference ? `${name},${name}/$ref()` : `${name}(${inner})`,
  );
  const names = [...(select ?? []).map(({ name }) => name), ...expanded];
  const columns = names.length > 0 ? `(${names.join(',')})` : '';
  return `${root}$metadata#${schema.set}${columns}${single ? '/$entity' : ''}`;
}

/**
 * Makes the function that renders rows: the etag, the chosen columns in their order, each after its
 * formatted value if that was asked for, then the columns that are always answered.
 */
export function rowRenderer<Row>(rendering: Rendering<Row>): (row: Row) => JsonRow {
  const { schema, select, annotations, etag, expand = [] } = rendering;
  const columns = new Set(select ?? schema.columns.values());
  for (const name of schema.always) {
    const column = schema.columns.get(name);
    if (column) columns.add(column);
  }
  const withLabels = wants(annotations, annotationNames.formattedValue);
  const withTable = wants(annotations, annotationNames.lookupTable);
  const withNavigation = wants(annotations, annotationNames.lookupNavigation);
  const cells = [...columns].map((column) => ({
    column,
    show: column.show ?? column.read,
    labelName: `${column.name}@${annotationNames.formattedValue}`,
  }));
  return (row) => {
    const json: JsonRow = { '@odata.etag': etag(row) };
    for (const { column, show, labelName } of cells) {
      const label = withLabels ? formatted(column, row) : undefined;
      if (label !== undefined) json[labelName] = label;
      const shown = show(row);
      if (column.lookup !== undefined && shown !== null) {
        const { entity, navigation } = column.lookup;
        if (withNavigation) json[`${column.name}@${annotationNames.lookupNavigation}`] = navigation;
        if (withTable) json[`${column.name}@${annotationNames.lookupTable}`] = entity;
      }
      json[column.name] = shown;
    }
    for (const { name, value, link } of expand) {
      json[name] = value(row);
      if (link !== undefined) json[`${name}@odata.nextLink`] = link(row);
    }
    return json;
  };
}

/** The URL of the next page: the same query with the new `$skiptoken` (already encoded). */
export function nextLinkOf(root: string, path: string, query: string, token: string): string {
  const kept = query.split('&').filter((part) => part !== '' && !/^(?:\$|%24)skiptoken(?:=|$)/i.test(part));
  return `${root}${path}?${[...kept, `$skiptoken=${token}`].join('&')}`;
}
