import { table } from '../../contract/vocabulary.ts';
import type { Column } from '../core/table.ts';
import type { Call } from '../web-api/call.ts';

/** A table as a query that is not OData names it: only what its columns are called and hold counts. */
export interface QueriedTable {
  /** The logical name. */
  readonly entity: string;
  /** The primary key's column. */
  readonly key: string;
  readonly columns: readonly Column<never>[];
  /** Whether its rows are elastic: those cannot be compared column by column. */
  readonly elastic: boolean;
}

/** The table of background operations. */
export function operationsTable({ world }: Call): QueriedTable {
  return { entity: table.entity, key: table.key, columns: world.columns, elastic: true };
}
