import { appendFileSync, readlinkSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import path from 'node:path';
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

/** Traffic goes first: where the processor is short, this thread catches up once there is less of it. */
const nicer = 10;

// The thread of a recorder: it masks, writes and judges, so that the traffic does not wait for it.
const file = workerData as number;
const recording = new Recording();
let timer: NodeJS.Timeout | undefined;

stepBack();

/** Lowers the priority of this thread alone, where a thread has one of its own: on Linux. */
function stepBack(): void {
  try {
    const thread = Number(path.basename(readlinkSync('/proc/thread-self')));
    setPriority(thread, Math.min(constants.priority.PRIORITY_LOW, getPriority() + nicer));
  } catch {
    // Elsewhere it competes with the traffic.
  }
}

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
