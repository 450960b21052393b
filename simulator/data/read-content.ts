import type { DatabaseSync } from 'node:sqlite';
import type { Operation } from '../core/operation.ts';
import { parseExact } from '../http/exact-json.ts';
import type { KeptOperation, OrganizationContent } from '../organization-content.ts';
import type { KeptTable } from '../organization-watcher.ts';
import type { PendingDelivery } from '../pending.ts';
import { registrationSets } from '../registration/registered.ts';

/** What a database keeps of an organization; undefined where nothing was ever kept. */
export function readContent(
  database: DatabaseSync,
): (OrganizationContent & { readonly interrupted: readonly string[]; readonly clock: string }) | undefined {
  const facts = new Map(
    database
      .prepare('SELECT name, value FROM facts')
      .all()
      .map(({ name, value }) => [name, value]),
  );
  if (!facts.has('clock')) return undefined;
  const rows = <T>(kind: KeptTable): T[] =>
    database
      .prepare('SELECT record FROM rows WHERE kind = ? ORDER BY rowid')
      .all(kind)
      .map(({ record }) => parseExact(String(record)) as T);
  const interrupted: string[] = [];
  const operations: KeptOperation[] = [];
  const select = database.prepare('SELECT record, turn, attempt FROM operations ORDER BY sequence');
  for (const { record, turn, attempt } of select.iterate()) {
    const operation = parseExact(String(record)) as Operation;
    if (attempt !== null) interrupted.push(operation.id);
    operations.push(turn === null ? { operation } : { operation, turn: Number(turn) });
  }
  return {
    clock: String(facts.get('clock')),
    now: Number(facts.get('now')),
    sequence: Number(facts.get('sequence')),
    operations,
    interrupted,
    deliveries: database
      .prepare('SELECT record FROM deliveries ORDER BY number')
      .all()
      .map(({ record }) => parseExact(String(record)) as PendingDelivery),
    registrations: Object.fromEntries(registrationSets.map((set) => [set, rows(set)])),
    endpoints: rows('endpoints'),
    steps: rows('steps'),
    callbackRegistrations: rows('callbackRegistrations'),
    jobs: rows('jobs'),
  };
}
