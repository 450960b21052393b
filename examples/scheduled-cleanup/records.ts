import type { CustomApi } from '../../simulator/custom-apis/custom-api.ts';

/** The table that is cleaned up, and its archive. */
export class Records {
  /** Ids of records that are obsolete and still in the table. */
  readonly obsolete = new Set<number>();
  /** How often each record was archived. */
  readonly archived = new Map<number, number>();
  #next = 1;

  /** Lets more records become obsolete. */
  age(count: number): void {
    for (let made = 0; made < count; made += 1) this.obsolete.add(this.#next++);
  }

  /** How many there have ever been. */
  get all(): number {
    return this.#next - 1;
  }
}

/** Milliseconds that one record takes: to be identified, archived and deleted. */
const recordMs = 5;

/**
 * A plug-in that cleans up as many records as it is told: identifies them, archives them, deletes them. As in
 * Dataverse, what it did is taken back where it does not come to its end; so it archives and deletes at its end.
 */
export function createCleanup(records: Records): CustomApi {
  return {
    uniqueName: 'contoso_CleanUp',
    displayName: 'Clean up obsolete records',
    parameters: [{ uniqueName: 'Most', type: 'Integer' }],
    properties: [
      { uniqueName: 'Deleted', type: 'Integer' },
      { uniqueName: 'Left', type: 'Integer' },
    ],
    async execute({ inputs, pause }) {
      const identified = [...records.obsolete].slice(0, Number(inputs.Most));
      await pause(Math.max(1, identified.length * recordMs));
      for (const id of identified) {
        records.archived.set(id, (records.archived.get(id) ?? 0) + 1);
        records.obsolete.delete(id);
      }
      return { Deleted: identified.length, Left: records.obsolete.size };
    },
  };
}
