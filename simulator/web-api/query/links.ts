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
  /** Where the rows of a collection are found by themselves. */
  readonly link?: (row: Row) => string;
  /** Whether it is `name/$ref`. */
  readonly reference?: boolean;
}

/** What a table knows of its navigation properties: how to show one as asked; undefined if it has none of the name. */
export type Links<Row> = (item: ExpandItem) => InputResult<ShownLink<Row>> | undefined;

/** What stands for a navigation property in each row. */
export type ShownLink<Row> = Pick<Expansion<Row>, 'value' | 'link'>;

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
  const nested = items.value.some(({ options }) => options.has('$expand'));
  const expansions: Expansion<Row>[] = [];
  for (const item of items.value) {
    const { name, options, reference } = item;
    if (nested && (options.has('$top') || options.has('$orderby'))) return failure(problems.nestedExpand());
    const shown = links(item);
    if (shown === undefined) return failure(problems.unknownProperty(name, schema.entity));
    if (!shown.ok) return shown;
    expansions.push({ name, select: options.get('$select'), reference, ...shown.value });
  }
  return success(expansions);
}
