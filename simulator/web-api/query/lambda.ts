import { predicate } from './condition.ts';
import type { Condition } from './condition.ts';
import type { RelatedCollection, Schema } from './schema.ts';

/** The table behind a collection-valued navigation property, its columns called as the variable of a lambda has them. */
export function inVariable(schema: Schema<unknown>, variable: string): Schema<unknown> {
  const { columns, along, collection } = schema;
  const prefix = `${variable}/`;
  const outside = (name: string): string =>
    name.startsWith(prefix) ? name.slice(prefix.length) : `?${name}`;
  return {
    ...schema,
    columns: new Map([...columns].map(([name, column]) => [`${prefix}${name}`, column])),
    ...(along === undefined ? {} : { along: (path: string) => along(outside(path)) }),
    ...(collection === undefined ? {} : { collection: (name: string) => collection(outside(name)) }),
  };
}

/** Whether a condition holds for `any` or `all` of the rows of a collection; without one, whether there are any. */
export function lambda<Row>(
  { rows }: RelatedCollection<Row>,
  kind: 'any' | 'all',
  condition: Condition<unknown> | undefined,
): Condition<Row> {
  const holds = condition === undefined ? () => true : predicate(condition);
  return {
    kind: 'row',
    accepts: (row) => (kind === 'any' ? rows(row).some(holds) : rows(row).every(holds)),
  };
}
