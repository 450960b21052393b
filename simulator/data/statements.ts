import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What writes the changes of an organization. */
export function statementsOf(
  database: DatabaseSync,
): Record<
  'putOperation' | 'removeOperation' | 'putDelivery' | 'removeDelivery' | 'putRow' | 'removeRow' | 'putFact',
  StatementSync
> {
  return {
    putOperation: database.prepare(
      'INSERT INTO operations VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET record = excluded.record, turn = excluded.turn, attempt = excluded.attempt',
    ),
    removeOperation: database.prepare('DELETE FROM operations WHERE sequence = ?'),
    putDelivery: database.prepare(
      'INSERT INTO deliveries VALUES (?, ?) ON CONFLICT DO UPDATE SET record = excluded.record',
    ),
    removeDelivery: database.prepare('DELETE FROM deliveries WHERE number = ?'),
    putRow: database.prepare(
      'INSERT INTO rows VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET record = excluded.record',
    ),
    removeRow: database.prepare('DELETE FROM rows WHERE kind = ? AND id = ?'),
    putFact: database.prepare(
      'INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    ),
  };
}
