import type { EventTables } from '../events/tables.ts';
import type { KeptTable } from '../organization-watcher.ts';
import { registrationSets } from '../registration/registered.ts';
import type { World } from '../world.ts';

const eventTables = ['endpoints', 'steps', 'callbackRegistrations', 'jobs'] as const;
/** All tables whose rows are kept. */
export const keptTables: readonly KeptTable[] = [...registrationSets, ...eventTables];

const isEventTable = (table: KeptTable): table is keyof EventTables =>
  eventTables.some((each) => each === table);

/** The rows of a table, by id. */
export function mapOf({ registrations, events }: World, table: KeptTable): ReadonlyMap<string, unknown> {
  return isEventTable(table) ? events[table] : registrations[table];
}
