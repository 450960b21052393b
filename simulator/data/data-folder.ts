import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Operation } from '../core/operation.ts';
import type { OrganizationKeeper } from '../organization-keeper.ts';
import type { KeptTable, OrganizationWatcher } from '../organization-watcher.ts';
import type { World } from '../world.ts';
import { FurtherFolders, organizationRow } from './further-folders.ts';
import { DataFolderError, openDatabase, refusal } from './open-database.ts';
import { keptTables, mapOf } from './kept-tables.ts';
import { readContent } from './read-content.ts';
import { statementsOf } from './statements.ts';

export { DataFolderError } from './open-database.ts';

/**
 * Opens the folder that keeps what a simulator holds over its end, however it ends: `createSimulator({ data })`.
 *
 * @param clock of the simulator; a folder stays with the kind that it was begun with
 * @throws DataFolderError for a folder that cannot be used
 */
export function openDataFolder(folder: string, clock: 'virtual' | 'real'): OrganizationKeeper {
  return openFolder(folder, clock);
}

function openFolder(folder: string, clock: 'virtual' | 'real'): DataFolder {
  const database = openDatabase(folder);
  try {
    const content = readContent(database);
    if (content !== undefined && content.clock !== clock) {
      throw new DataFolderError(
        `${folder} was written with a ${content.clock} clock, and this one is ${clock}. Start with --clock ${content.clock} (an organization of it: give it that clock), or name another folder.`,
      );
    }
    return new DataFolder(folder, database, content);
  } catch (error) {
    database.close();
    // Records that are no JSON come from a damaged file, too.
    throw error instanceof SyntaxError ? refusal(folder, { errcode: 11 }) : refusal(folder, error);
  }
}

/** Writes the changes of an organization, all that came in one turn of the event loop in one transaction. */
class DataFolder implements OrganizationKeeper {
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof statementsOf>;
  #content: ReturnType<typeof readContent>;
  #world: World | undefined;
  #watcher: OrganizationWatcher | undefined;
  #coming: OrganizationWatcher | undefined;
  /** What has changed: ids by sequence, numbers, and rows as `table id`. */
  #operations = new Map<number, string>();
  #deliveries = new Set<number>();
  #rows = new Map<string, readonly [table: KeptTable, id: string]>();
  #clockMoved = false;
  /** Whether everything is to be written instead of what is there. */
  #anew = false;
  #next: PromiseWithResolvers<void> | undefined;
  #sequence = -1;
  #closed = false;
  #discarded = false;
  readonly #folder: string;
  readonly organizations: FurtherFolders;

  constructor(folder: string, database: DatabaseSync, content: ReturnType<typeof readContent>) {
    this.#folder = folder;
    this.organizations = new FurtherFolders(folder, database, openFolder);
    this.#database = database;
    this.#content = content;
    this.#statements = statementsOf(database);
  }

  load(): ReturnType<OrganizationKeeper['load']> {
    const content = this.#content;
    this.#content = undefined;
    return content;
  }

  watch(anew: boolean): OrganizationWatcher {
    this.#anew ||= anew;
    const noted =
      <T extends readonly unknown[]>(note: (...args: T) => void) =>
      (...args: T) => {
        // Of an organization that was replaced nothing is kept any more.
        if (this.#watcher !== watcher) return;
        note(...args);
        this.#soon();
      };
    const watcher: OrganizationWatcher = {
      operation: noted(({ id, sequence }: Pick<Operation, 'id' | 'sequence'>) =>
        this.#operations.set(sequence, id),
      ),
      delivery: noted((number: number) => this.#deliveries.add(number)),
      row: noted((table: KeptTable, id: string) => this.#rows.set(`${table} ${id}`, [table, id])),
      clock: noted(() => {
        this.#clockMoved = true;
      }),
    };
    this.#coming = watcher;
    return watcher;
  }

  attach(world: World): void {
    this.#world = world;
    // What it was filled with is there already, or is written as a whole.
    this.#watcher = this.#coming;
    if (this.#anew || this.#sequence < 0) this.#soon();
  }

  settled(): Promise<void> | undefined {
    return this.#next?.promise;
  }

  close(): void {
    if (this.#closed) return;
    if (this.#next !== undefined) this.#commit();
    this.#closed = true;
    this.#database.close();
    if (this.#discarded) rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Lets it be deleted when it is closed; nothing more is kept. */
  discard(): void {
    this.#discarded = true;
    if (this.#closed) rmSync(this.#folder, { recursive: true, force: true });
  }

  #soon(): void {
    if (this.#next !== undefined || this.#closed) return;
    this.#next = Promise.withResolvers<void>();
    // Who waits for it is told; where nobody does, the next commit tries again.
    this.#next.promise.catch(() => undefined);
    setImmediate(() => {
      if (!this.#closed) this.#commit();
    });
  }

  #commit(): void {
    const waiting = this.#next;
    this.#next = undefined;
    const world = this.#world;
    if (world === undefined) return;
    try {
      this.#database.exec('BEGIN');
      if (this.#anew) this.#writeAll(world);
      else this.#writeChanges(world);
      this.#writeFacts(world);
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.#sequence = -1;
      waiting?.reject(error);
      return;
    }
    this.#anew = false;
    this.#clockMoved = false;
    this.#operations = new Map();
    this.#deliveries = new Set();
    this.#rows = new Map();
    waiting?.resolve();
  }

  #writeAll(world: World): void {
    this.#database.exec(
      `DELETE FROM operations; DELETE FROM deliveries; DELETE FROM rows WHERE kind <> '${organizationRow}'`,
    );
    for (const operation of world.store.values(-Infinity)) this.#writeOperation(world, operation);
    for (const number of world.pending.deliveries.keys()) this.#writeDelivery(world, number);
    for (const table of keptTables) {
      for (const id of mapOf(world, table).keys()) this.#writeRow(world, table, id);
    }
  }

  #writeChanges(world: World): void {
    for (const [sequence, id] of this.#operations) {
      const operation = world.store.get(id, -Infinity);
      // Another may have taken its id since.
      if (operation?.sequence === sequence) this.#writeOperation(world, operation);
      else this.#statements.removeOperation.run(sequence);
    }
    for (const number of this.#deliveries) this.#writeDelivery(world, number);
    for (const [table, id] of this.#rows.values()) this.#writeRow(world, table, id);
  }

  #writeOperation({ pending }: World, operation: Operation): void {
    const { id, sequence } = operation;
    const turn = pending.turnOf(operation) ?? null;
    this.#statements.putOperation.run(
      sequence,
      JSON.stringify(operation),
      turn,
      pending.attempts.get(id) ?? null,
    );
  }

  #writeDelivery({ pending }: World, number: number): void {
    const delivery = pending.deliveries.get(number);
    if (delivery === undefined) this.#statements.removeDelivery.run(number);
    else this.#statements.putDelivery.run(number, JSON.stringify(delivery));
  }

  #writeRow(world: World, table: KeptTable, id: string): void {
    const row: unknown = mapOf(world, table).get(id);
    if (row === undefined) this.#statements.removeRow.run(table, id);
    else this.#statements.putRow.run(table, id, JSON.stringify(row));
  }

  #writeFacts(world: World): void {
    const sequence = world.lastSequence();
    if (this.#sequence < 0) this.#statements.putFact.run('clock', world.clock.kind);
    if (this.#sequence < 0 || this.#clockMoved) this.#statements.putFact.run('now', world.clock.now());
    if (this.#sequence !== sequence) this.#statements.putFact.run('sequence', sequence);
    this.#sequence = sequence;
  }
}
