import type { Column } from '../../core/table.ts';
import type { Registered, RegistrationSet } from '../../registration/registered.ts';
import type { World } from '../../world.ts';
import type { ApiError } from '../errors.ts';
import { errors } from '../errors.ts';
import type { WritableTable } from './fields.ts';
import { columnsOf, newKey, readValues } from './fields.ts';
import {
  authoredColumns,
  changedBy,
  componentColumns,
  ownerColumns,
  versionColumn,
  versionOf,
} from './platform-columns.ts';
import type { SmallTable } from './small-table.ts';

/** A table in which clients register: what is written there, and what follows from it. */
export interface RegisteredTable
  extends WritableTable, Pick<SmallTable<Registered>, 'schemaName' | 'displayName'> {
  readonly set: RegistrationSet;
  /** Columns besides those that clients write. */
  readonly further?: readonly Column<Registered>[];
  /** Rows that stand for what is defined in code; they cannot be changed. */
  readonly builtIn?: (world: World) => readonly Registered[];
  /** The row with what other tables say of it. */
  readonly shown?: (world: World, row: Registered) => Registered;
  /** What speaks against saving a row that is well-formed; `others` are the other rows. */
  readonly refuses: (
    world: World,
    row: Registered,
    others: readonly Registered[],
    before: Registered | undefined,
  ) => ApiError | undefined;
  /** What speaks against deleting a row. */
  readonly keeps?: (world: World, row: Registered) => ApiError | undefined;
  readonly saved?: (world: World, row: Registered) => void;
  readonly deleted?: (world: World, row: Registered) => void;
}

/** The table as the Web API serves it. */
export function registeredTable(table: RegisteredTable): SmallTable<Registered> {
  const {
    set,
    entity,
    key,
    schemaName,
    displayName,
    fields,
    further = [],
    builtIn = () => [],
    saved,
    deleted,
    keeps,
    shown = (_world, row) => row,
  } = table;
  const rows = (world: World) => [
    ...builtIn(world),
    ...[...world.registrations[set].values()].map((row) => shown(world, row)),
  ];
  const save = (world: World, row: Registered, before: Registered | undefined): ApiError | undefined => {
    const others = rows(world).filter(({ id }) => id !== row.id);
    const error = table.refuses(world, row, others, before);
    if (error !== undefined) return error;
    world.registrations[set].set(row.id, row);
    saved?.(world, row);
    return undefined;
  };
  const unchangeable = (id: string) =>
    errors.invalidOperation(
      `${entity} ${id} is part of the simulator: it can be neither changed nor deleted.`,
    );
  return {
    set,
    entity,
    key,
    schemaName,
    displayName,
    version: versionOf,
    columns: [
      ...columnsOf(key, fields),
      ...further,
      ...authoredColumns(),
      ...componentColumns(),
      ...(set.startsWith('customapi') ? ownerColumns() : []),
      versionColumn(),
    ],
    rows,
    insert(world, body, now, { id: by }) {
      const read = readValues(world, table, body, undefined);
      if (read.error !== undefined) return { error: read.error };
      const written = { createdOn: now, createdBy: by, modifiedOn: now, modifiedBy: by };
      const row = { id: newKey(table, body), ...written, values: read.values };
      if (rows(world).some(({ id }) => id === row.id)) return { error: errors.exists() };
      const error = save(world, row, undefined);
      return error === undefined ? { id: row.id } : { error };
    },
    change(world, row, body, now, { id: by }) {
      if (!world.registrations[set].has(row.id)) return unchangeable(row.id);
      const read = readValues(world, table, body, row);
      if (read.error !== undefined) return read.error;
      return save(world, { ...row, ...changedBy(row, by, now), values: read.values }, row);
    },
    remove(world, id) {
      const row = world.registrations[set].get(id);
      if (row === undefined) return unchangeable(id);
      const error = keeps?.(world, row);
      if (error !== undefined) return error;
      world.registrations[set].delete(id);
      deleted?.(world, row);
      return true;
    },
  };
}

/** Whether another row has the same values in these columns, texts without regard to case. */
export function taken(row: Registered, others: readonly Registered[], columns: readonly string[]): boolean {
  const plain = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value);
  return others.some((other) =>
    columns.every((column) => plain(other.values[column]) === plain(row.values[column])),
  );
}
