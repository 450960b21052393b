import type { BulkResult } from './bulk.ts';
import type { Ledger } from './organization.ts';

/** What is told at the end of a run, line by line. */
export function reportOf(result: BulkResult, { once, never, more }: Ledger, rows: number): string[] {
  const { batches, succeeded, failed, failures, loyal, mostInFlight, lostAnswers, furtherCallbacks, atMs } =
    result;
  const seconds = atMs / 1_000;
  return [
    `${number(rows)} rows in ${number(batches)} batches: ${number(succeeded)} done, ${number(failed)} failed`,
    ...failures.map(({ batch, firstRow, reason }) => `  batch ${batch} (from row ${firstRow}): ${reason}`),
    `Rows written once: ${number(once)}, never: ${number(never)}, twice: ${number(more)}`,
    `Loyal contacts: ${number(loyal)}`,
    `Answers lost and sent again: ${number(lostAnswers)}, further callbacks of those: ${number(furtherCallbacks)}`,
    `At most ${number(mostInFlight)} operations in flight; ${seconds.toFixed(1)} s, ` +
      `${number(Math.round(batches / seconds))} operations and ${number(Math.round(rows / seconds))} rows a second`,
  ];
}

/** Whether no row was written twice, and none was lost: one that was never written is in a batch that is reported. */
export function isWhole({ failures }: BulkResult, written: Uint8Array, batchRows: number): boolean {
  const reported = new Set(failures.map(({ batch }) => batch));
  return written.every(
    (times, row) => times === 1 || (times === 0 && reported.has(Math.floor(row / batchRows))),
  );
}

function number(value: number): string {
  return value.toLocaleString('en');
}
