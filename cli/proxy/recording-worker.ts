import { appendFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { fileProblem } from '../../harness/file-problem.ts';
import { unpackBatch, type Batch } from './batch.ts';
import { Recording } from './recording.ts';

/** What the recorder's thread sends back. */
export type RecordingReport =
  /** So many exchanges of a batch have been written. */
  | { readonly kind: 'written'; readonly exchanges: number }
  /** They could not be written: why. */
  | { readonly kind: 'unwritten'; readonly exchanges: number; readonly problem: string }
  | { readonly kind: 'news'; readonly lines: readonly string[] }
  | { readonly kind: 'ended' };

/** How often what is new is told. */
const everyMs = 200;

// The thread of a recorder: it masks, writes and judges, so that the traffic does not wait for it.
const file = workerData as number;
const recording = new Recording();
let timer: NodeJS.Timeout | undefined;

function report(message: RecordingReport): void {
  parentPort?.postMessage(message);
}

function tell(): void {
  clearTimeout(timer);
  timer = undefined;
  const lines = recording.news();
  if (lines.length > 0) report({ kind: 'news', lines });
}

parentPort?.on('message', (batch: Batch | 'end') => {
  if (batch === 'end') {
    tell();
    report({ kind: 'ended' });
    parentPort?.close();
    return;
  }
  const exchanges = batch.exchanges.length;
  try {
    appendFileSync(file, recording.take(unpackBatch(batch)));
    report({ kind: 'written', exchanges });
  } catch (error) {
    report({ kind: 'unwritten', exchanges, problem: fileProblem(error) });
  }
  timer ??= setTimeout(tell, everyMs);
});
