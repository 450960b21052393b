import type { CustomApi } from '../../simulator/custom-apis/custom-api.ts';

/** Which batches can never be done, and which fail at their first attempt: one of so many. */
const settings = { brokenEvery: 499, slowStartEvery: 97 };

/** A made contact of the marketing data set: always the same for its number. */
export interface Contact {
  readonly id: number;
  readonly country: string;
  readonly opened: number;
  readonly bought: number;
}

const countries = ['DE', 'FR', 'US', 'JP', 'BR', 'IN', 'ZA', 'SE'];

/** Makes a contact from its number. */
export function contactOf(id: number): Contact {
  const mixed = Math.imul(id ^ (id >>> 15), 0x2c1b3c6d) >>> 0;
  return {
    id,
    country: countries[mixed % countries.length] ?? 'DE',
    opened: (mixed >>> 8) % 40,
    bought: (mixed >>> 16) % 7,
  };
}

/** The segment of a contact, which is what the work finds out. */
export function segmentOf({ opened, bought }: Contact): 'loyal' | 'curious' | 'quiet' {
  return bought > 2 ? 'loyal' : opened > 15 ? 'curious' : 'quiet';
}

/** The work as a custom API, and the ledger of what it has done. */
export interface Segmentation {
  readonly api: CustomApi;
  /** How often each row was written. */
  readonly written: Uint8Array;
}

/**
 * A plug-in that finds the segment of each row of a batch, in `workMs` of the organization's time. It writes at its end,
 * all rows or none, and recognizes a batch that is done. Some batches fail at their first attempt, a few at each.
 */
export function createSegmentation(rows: number, workMs: number): Segmentation {
  const written = new Uint8Array(rows);
  const done = new Map<number, number>();
  const api: CustomApi = {
    uniqueName: 'contoso_SegmentContacts',
    displayName: 'Segment contacts',
    parameters: [
      { uniqueName: 'Batch', type: 'Integer' },
      { uniqueName: 'First', type: 'Integer' },
      { uniqueName: 'Count', type: 'Integer' },
    ],
    properties: [
      { uniqueName: 'Loyal', type: 'Integer' },
      { uniqueName: 'AlreadyDone', type: 'Boolean' },
    ],
    async execute({ inputs, attempt, pause }) {
      const [batch, first, count] = [Number(inputs.Batch), Number(inputs.First), Number(inputs.Count)];
      if (isBroken(batch)) throw new Error(`Row ${first} of batch ${batch} has no consent date.`);
      if (attempt === 1 && batch % settings.slowStartEvery === 1) throw new Error('The database was busy.');
      await pause(workMs);
      const before = done.get(batch);
      if (before !== undefined) return { Loyal: before, AlreadyDone: true };
      let loyal = 0;
      for (let id = first; id < first + count; id += 1) {
        if (segmentOf(contactOf(id)) === 'loyal') loyal += 1;
        written[id] = (written[id] ?? 0) + 1;
      }
      done.set(batch, loyal);
      return { Loyal: loyal, AlreadyDone: false };
    },
  };
  return { api, written };
}

/** Whether a batch fails at each attempt. */
export function isBroken(batch: number): boolean {
  return batch % settings.brokenEvery === settings.brokenEvery - 1;
}
