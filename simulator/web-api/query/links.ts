import { parseExpand } from './expand.ts';
import type { ExpandItem } from './expand.ts';
import { failure, problems, success } from './problem.ts';
import type { InputResult } from './problem.ts';
import type { JsonCell } from './json-row.ts';
import type { Schema } from './schema.ts';

/** A navigation property as `$expand` asked for it. */
export interface Expansion<Row> {
  readonly name: string;
  /** Its own `$select` as it is written. */
  readonly select: string | undefined;
  readonly value: (row: Row) => JsonCell;
}

/** What a table knows of its navigation properties: how to show one as asked; undefined if it has none of the name. */
export type Links<Row> = (item: ExpandItem) => InputResult<Expansion<Row>['value']> | undefined;

/** Reads `$expand`. Errors: a table without links, an unknown property, an option that does not apply. */
export function readExpand<Row>(
  text: string | undefined,
  schema: Schema<Row>,
  links: Links<Row> | undefined,
): InputResult<readonly Expansion<Row>[]> {
  if (text === undefined) return success([]);
  if (links === undefined) return failure(problems.expand());
  const items = parseExpand(text);
  if (!items.ok) return items;
  const expansions: Expansion<Row>[] = [];
  for (const item of items.value) {
    const value = links(item);
    if (value === undefined) return failure(problems.unknownProperty(item.name, schema.entity));
    if (!value.ok) return value;
    expansions.push({ name: item.name, select: item.options.get('$select'), value: value.value });
  }
  return success(expansions);
}
