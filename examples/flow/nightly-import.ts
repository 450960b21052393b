import type { CustomApi } from '../../simulator/custom-apis/custom-api.ts';

/** Nights whose first attempts fail, and how many of them; the platform tries four times at most. */
const failures: Readonly<Record<string, number>> = { '2026-02-07': 2, '2026-02-12': 4 };

/** The custom API that a flow performs each night, and what it has done. */
export interface NightlyImport {
  readonly api: CustomApi;
  /** Rows by night. */
  readonly imported: ReadonlyMap<string, number>;
}

/**
 * A plug-in that imports the rows of a night in 40 seconds. It is told which night it is for, and recognizes one that
 * is done: a flow may submit a night twice.
 */
export function createNightlyImport(): NightlyImport {
  const imported = new Map<string, number>();
  const api: CustomApi = {
    uniqueName: 'contoso_NightlyImport',
    displayName: 'Nightly import',
    parameters: [{ uniqueName: 'Night', type: 'String' }],
    properties: [
      { uniqueName: 'Rows', type: 'Integer' },
      { uniqueName: 'AlreadyDone', type: 'Boolean' },
    ],
    async execute({ inputs, attempt, pause }) {
      const night = String(inputs.Night);
      await pause(40_000);
      if (attempt <= (failures[night] ?? 0)) throw new Error(`The source of ${night} cannot be read.`);
      const before = imported.get(night);
      if (before !== undefined) return { Rows: before, AlreadyDone: true };
      const rows = 1_000 + ((Date.parse(night) / 86_400_000) % 500);
      imported.set(night, rows);
      return { Rows: rows, AlreadyDone: false };
    },
  };
  return { api, imported };
}
