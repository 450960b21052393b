import type { Column } from '../../core/table.ts';
import type { Authored } from '../../registration/registered.ts';
import { dateColumn, flagColumn } from './small-table.ts';

/** The solution that components belong to which no other solution brought along. */
const activeSolution = 'fd140aae-4df4-11dd-bd17-0019b9312238';
/** What the platform shows for a component that was never overwritten. */
const neverOverwritten = Date.UTC(1900, 0, 1);

function userColumn<Row>(name: string, read: (row: Row) => string | null): Column<Row> {
  return {
    name: `_${name}_value`,
    type: 'lookup',
    readOnly: true,
    lookup: { navigation: name, entity: 'systemuser' },
    read,
  };
}

/** The columns by which the platform says who wrote a row, and when. */
export function authoredColumns<Row extends Authored>(): readonly Column<Row>[] {
  return [
    { ...dateColumn<Row>('createdon', (row) => row.createdOn), readOnly: true },
    { ...dateColumn<Row>('modifiedon', (row) => row.modifiedOn ?? row.createdOn), readOnly: true },
    userColumn('createdby', (row) => row.createdBy ?? null),
    userColumn('modifiedby', (row) => row.modifiedBy ?? row.createdBy ?? null),
    userColumn('createdonbehalfby', () => null),
    userColumn('modifiedonbehalfby', () => null),
  ];
}

/** Who owns a row: whoever registered it. */
export function ownerColumns<Row extends Authored>(): readonly Column<Row>[] {
  const owner = (row: Row) => row.createdBy ?? null;
  const other = (name: string, entity: string): Column<Row> => ({
    name: `_${name}_value`,
    type: 'lookup',
    readOnly: true,
    lookup: { navigation: name, entity },
    read: () => null,
  });
  return [
    userColumn('ownerid', owner),
    userColumn('owninguser', owner),
    other('owningbusinessunit', 'businessunit'),
    other('owningteam', 'team'),
  ];
}

/** The version of a row as a column. */
export function versionColumn<Row extends Authored>(): Column<Row> {
  return { name: 'versionnumber', type: 'bigint', readOnly: true, read: versionOf };
}

/** What a change leaves in a row. */
export function changedBy({ changes = 0 }: Authored, by: string, now: number): Partial<Authored> {
  return { modifiedOn: now, modifiedBy: by, changes: changes + 1 };
}

/** The version of a row, which grows with each change. */
export function versionOf({ changes = 0 }: Authored): number {
  return changes + 1;
}

/** The columns of whatever can be a component of a solution. No solution is served, so each is unmanaged and published. */
export function componentColumns<Row>(): readonly Column<Row>[] {
  const platform: readonly Column<Row>[] = [
    flagColumn('ismanaged', () => false),
    { name: 'solutionid', type: 'guid', read: () => activeSolution },
    { name: 'componentstate', type: 'picklist', read: () => 0, labels: { 0: 'Published' } },
    dateColumn('overwritetime', () => neverOverwritten),
  ];
  return platform.map((column) => ({ ...column, readOnly: true }));
}

/** `statecode` and `statuscode` of a table whose rows are always active. */
export function activeColumns<Row>(): readonly Column<Row>[] {
  return [
    { name: 'statecode', type: 'picklist', readOnly: true, read: () => 0, labels: { 0: 'Active' } },
    { name: 'statuscode', type: 'picklist', readOnly: true, read: () => 1, labels: { 1: 'Active' } },
  ];
}

/** A flag that a solution could protect: it is read and written as an object, and compared by its `Value`. */
export function managedColumn<Row>(name: string, property: string, of: (row: Row) => boolean): Column<Row> {
  const show = (row: Row) => ({
    Value: of(row),
    CanBeChanged: true,
    ManagedPropertyLogicalName: property,
  });
  return { ...flagColumn(name, of), managedProperty: property, show };
}
