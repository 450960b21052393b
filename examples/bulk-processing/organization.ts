import { startServer, type RunningServer } from '../../simulator/server.ts';
import { createSegmentation, type Segmentation } from './contacts.ts';

/** An organization that segments contacts, served over HTTP on a free port of this machine, in real time. */
export async function startOrganization(
  rows: number,
  workMs: number,
  retryMs: number,
): Promise<{ readonly server: RunningServer; readonly segmentation: Segmentation }> {
  const segmentation = createSegmentation(rows, workMs);
  const server = await startServer({
    clock: 'real',
    customApis: [segmentation.api],
    retry: { baseMs: retryMs, factor: 2, jitter: 0.2 },
    journal: 0,
  });
  return { server, segmentation };
}

/** Rows by how often they were written. */
export interface Ledger {
  readonly never: number;
  readonly once: number;
  readonly more: number;
}

/** Counts rows by how often they were written: never, once, more than once. */
export function ledgerOf(written: Uint8Array): Ledger {
  const ledger = { never: 0, once: 0, more: 0 };
  for (const times of written) ledger[times === 0 ? 'never' : times === 1 ? 'once' : 'more'] += 1;
  return ledger;
}
