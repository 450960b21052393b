import type { Column } from '../../core/table.ts';
import type { ExactNumber } from '../../http/exact-json.ts';
import { annotationNames, formatted, wants } from './annotations.ts';
import type { Schema } from './schema.ts';

/** One row as JSON carries it. */
export type JsonRow = Record<string, string | number | boolean | ExactNumber | null>;

/** What rendering needs beside the rows. */
export interface Rendering<Row> {
  readonly schema: Schema<Row>;
  /** Undefined: all columns. */
  readonly select: readonly Column<Row>[] | undefined;
  readonly annotations: string | undefined;
  /** What `@odata.context` starts with, with its closing slash. */
  readonly root: string;
  /** The value of `@odata.etag`. */
  readonly etag: (row: Row) => string;
}

/** The context URL: of the collection, or of one entity of it. */
export function contextOf<Row>({ schema, select, root }: Rendering<Row>, single: boolean): string {
  const columns = select ? `(${select.map(({ name }) => name).join(',')})` : '';
  return `${root}$metadata#${schema.set}${columns}${single ? '/$entity' : ''}`;
}

/**
 * Makes the function that renders rows: the etag, the chosen columns in their order, each after its
 * formatted value if that was asked for, then the columns that are always answered.
 */
export function rowRenderer<Row>(rendering: Rendering<Row>): (row: Row) => JsonRow {
  const { schema, select, annotations, etag } = rendering;
  const columns = new Set(select ?? schema.columns.values());
  for (const name of schema.always) {
    const column = schema.columns.get(name);
    if (column) columns.add(column);
  }
  const withLabels = wants(annotations, annotationNames.formattedValue);
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
      json[column.name] = show(row);
    }
    return json;
  };
}

/** The URL of the next page: the same query with the new `$skiptoken` (already encoded). */
export function nextLinkOf(root: string, set: string, query: string, token: string): string {
  const kept = query.split('&').filter((part) => part !== '' && !/^(?:\$|%24)skiptoken(?:=|$)/i.test(part));
  return `${root}${set}?${[...kept, `$skiptoken=${token}`].join('&')}`;
}
