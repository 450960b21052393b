import { Worker } from 'node:worker_threads';
import type { Terminal } from '../terminal.ts';
import { packBatch } from './batch.ts';
import type { Passed } from './passed.ts';
import type { RecordingReport } from './recording-worker.ts';

/** How long an exchange waits for others to go with it, and how many go at once. */
const everyMs = 50;
const mostExchanges = 100;

/** What may wait to be written; of an exchange its bodies count, and this much for all else. */
const mostWaiting = 64_000_000;
const weightOfFields = 4_000;

/** Takes what passes a proxy. */
export interface ProxyRecorder {
  readonly record: (passed: Passed) => void;
  /** Where so much waits to be written that no more should pass: what to wait for. */
  readonly room: () => Promise<void> | undefined;
  /** Writes what waits. @returns how many exchanges could not be written */
  readonly close: () => Promise<number>;
}

/** The thread that writes, or what stands for it in a test. */
export interface RecordingThread {
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void;
  on(event: 'message', listener: (report: RecordingReport) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Starts the thread that writes to an open file. */
export function startRecordingThread(file: number): RecordingThread {
  const own = import.meta.url.endsWith('.ts') ? './recording-worker.ts' : './recording-worker.js';
  return new Worker(new URL(own, import.meta.url), { workerData: file });
}

/**
 * Hands each exchange to a thread of its own, which masks secrets, writes, judges, and says what is new for the
 * terminal: the traffic does not wait for it, unless the thread falls far behind.
 */
export function proxyRecorder(start: () => RecordingThread, terminal: Terminal): ProxyRecorder {
  let thread: RecordingThread | undefined;
  let batch: Passed[] = [];
  let timer: NodeJS.Timeout | undefined;
  const sent: { readonly exchanges: number; readonly weight: number }[] = [];
  let waiting = 0;
  let unwritten = 0;
  let broken = false;
  let room: PromiseWithResolvers<void> | undefined;
  const ended = Promise.withResolvers<void>();

  const lost = (exchanges: number, problem: string): void => {
    if (unwritten === 0)
      terminal.err(
        `What passes cannot be recorded: ${problem}. It passes on; it is counted what is missing.`,
      );
    unwritten += exchanges;
  };
  const settle = (): void => {
    waiting -= sent.shift()?.weight ?? 0;
    if (waiting > mostWaiting) return;
    room?.resolve();
    room = undefined;
  };
  const listening = (one: RecordingThread): RecordingThread => {
    one.on('message', (report) => {
      if (report.kind === 'ended') ended.resolve();
      else if (report.kind === 'news') for (const line of report.lines) terminal.out(line);
      else {
        if (report.kind === 'unwritten') lost(report.exchanges, report.problem);
        settle();
      }
    });
    one.on('error', (error) => {
      broken = true;
      lost(
        sent.reduce((sum, { exchanges }) => sum + exchanges, batch.length),
        error.message,
      );
      batch = [];
      waiting = 0;
      settle();
      ended.resolve();
    });
    return one;
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const exchanges = batch.length;
    if (exchanges === 0) return;
    const packed = packBatch(batch);
    batch = [];
    sent.push({ exchanges, weight: packed.bytes.byteLength + exchanges * weightOfFields });
    thread ??= listening(start());
    thread.postMessage(packed, [packed.bytes]);
  };
  return {
    record: (passed) => {
      if (broken) {
        unwritten += 1;
        return;
      }
      batch.push(passed);
      waiting += passed.body.length + passed.answerBody.length + weightOfFields;
      if (batch.length >= mostExchanges || passed.answerBody.length > 100_000) flush();
      else timer ??= setTimeout(flush, everyMs);
    },
    room: () => {
      if (waiting <= mostWaiting || broken) return undefined;
      room ??= Promise.withResolvers<void>();
      return room.promise;
    },
    close: async () => {
      flush();
      if (thread !== undefined && !broken) {
        thread.postMessage('end');
        await ended.promise;
      }
      return unwritten;
    },
  };
}
