import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { compileApi } from '../custom-apis/definitions/compile.ts';
import { parseExact } from '../http/exact-json.ts';
import type { KeptOrganization, OrganizationKeeper } from '../organization-keeper.ts';

/** The kind of the rows that say which further organizations there are. */
export const organizationRow = 'organization';

/** A keeper whose folder can be deleted. */
interface Discardable extends OrganizationKeeper {
  readonly discard: () => void;
}

/** Further organizations of a folder: what they are stands in its database, what they hold in folders below it. */
export class FurtherFolders {
  readonly #folder: string;
  readonly #database: DatabaseSync;
  readonly #openFolder: (folder: string, clock: 'virtual' | 'real') => Discardable;
  readonly #open = new Map<string, Discardable>();

  constructor(
    folder: string,
    database: DatabaseSync,
    openFolder: (folder: string, clock: 'virtual' | 'real') => Discardable,
  ) {
    this.#folder = path.join(folder, 'organizations');
    this.#database = database;
    this.#openFolder = openFolder;
  }

  list(): KeptOrganization[] {
    const rows = this.#database.prepare('SELECT record FROM rows WHERE kind = ? ORDER BY rowid');
    return rows.all(organizationRow).map(({ record }) => {
      const kept = parseExact(String(record)) as KeptOrganization;
      const { definitions, seed } = kept;
      if (definitions.length === 0) return kept;
      return { ...kept, customApis: definitions.map((api, index) => compileApi(api, seed + index)) };
    });
  }

  put(organization: KeptOrganization): void {
    const { customApis, ...kept } = organization;
    void customApis;
    const statement = this.#database.prepare(
      'INSERT INTO rows VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET record = excluded.record',
    );
    statement.run(organizationRow, organization.name, JSON.stringify(kept));
  }

  open(name: string, clock: 'virtual' | 'real'): OrganizationKeeper {
    const folder = path.join(this.#folder, name);
    // What is left of one that was removed, or whose addition was never answered.
    if (!this.#isKept(name) && existsSync(folder)) rmSync(folder, { recursive: true });
    const keeper = this.#openFolder(folder, clock);
    this.#open.set(name, keeper);
    return keeper;
  }

  remove(name: string): void {
    this.#database.prepare('DELETE FROM rows WHERE kind = ? AND id = ?').run(organizationRow, name);
    this.#open.get(name)?.discard();
    this.#open.delete(name);
  }

  #isKept(name: string): boolean {
    const found = this.#database.prepare('SELECT id FROM rows WHERE kind = ? AND id = ?');
    return found.get(organizationRow, name) !== undefined;
  }
}
