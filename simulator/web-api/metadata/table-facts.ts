import { table } from '../../../contract/vocabulary.ts';
import type { Column } from '../../core/table.ts';
import type { World } from '../../world.ts';
import { smallTables } from '../tables/all-tables.ts';

/** What metadata says of a table, whatever its rows are: all of it comes from the definition that serves it. */
export interface TableFacts {
  readonly set: string;
  readonly entity: string;
  readonly key: string;
  readonly schemaName: string;
  readonly displayName: string;
  readonly primaryName: string;
  readonly elastic: boolean;
  /** Whether each row has an owner, or all belong to the organization. */
  readonly ownership: 'UserOwned' | 'OrganizationOwned';
  readonly columns: readonly ColumnFacts[];
}

/** What metadata says of a column. */
export type ColumnFacts = Pick<
  Column,
  | 'name'
  | 'type'
  | 'labels'
  | 'choice'
  | 'lookup'
  | 'longest'
  | 'required'
  | 'writeOnly'
  | 'readOnly'
  | 'managedProperty'
>;

/** A lookup, seen from both ends. */
export interface Relationship {
  readonly from: TableFacts;
  readonly to: TableFacts;
  readonly column: ColumnFacts;
  readonly navigation: string;
  readonly inverse: string | undefined;
}

/** All tables that the simulator serves, by entity set. */
export function tablesOf({ columns }: World): readonly TableFacts[] {
  const operations: TableFacts = {
    ...table,
    schemaName: 'BackgroundOperation',
    displayName: 'Background Operation',
    primaryName: 'name',
    elastic: true,
    ownership: 'OrganizationOwned',
    columns,
  };
  const others = smallTables.map(({ primaryName = 'name', ...each }): TableFacts => {
    const ownership = each.userOwned === true ? 'UserOwned' : 'OrganizationOwned';
    return { ...each, primaryName, ownership, elastic: false };
  });
  return [operations, ...others].sort((a, b) => (a.set < b.set ? -1 : 1));
}

/** The name of a column as an attribute: `createdby` for `_createdby_value`. */
export function attributeName({ name, type }: ColumnFacts): string {
  return type === 'lookup' ? name.slice(1, -'_value'.length) : name;
}

/** All lookups between the tables. */
export function relationshipsOf(tables: readonly TableFacts[]): readonly Relationship[] {
  return tables.flatMap((from) =>
    from.columns.flatMap((column): Relationship[] => {
      const { lookup } = column;
      const to = tables.find(({ entity }) => entity === lookup?.entity);
      if (lookup === undefined || to === undefined) return [];
      return [{ from, to, column, navigation: lookup.navigation, inverse: lookup.inverse }];
    }),
  );
}
