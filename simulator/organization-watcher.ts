import type { Operation } from './core/operation.ts';
import type { EventTables } from './events/tables.ts';
import type { RegistrationSet } from './registration/registered.ts';

/** A table whose rows are kept besides operations. */
export type KeptTable = RegistrationSet | keyof EventTables;

/** Is told of each change in an organization: what it holds is looked up later, all changes together. */
export interface OrganizationWatcher {
  /** The operation has come, has changed, is gone, or something else is due to it. */
  readonly operation: (operation: Pick<Operation, 'id' | 'sequence'>) => void;
  readonly delivery: (number: number) => void;
  readonly row: (table: KeptTable, id: string) => void;
  /** A virtual clock was moved. */
  readonly clock: () => void;
}
