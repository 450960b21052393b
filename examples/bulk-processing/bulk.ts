import { endOf, loyalIn, submit, type Patience } from './batch.ts';
import { HttpClient } from './http-client.ts';
import { startReceiver, type Callback } from './receiver.ts';
import { Room } from './room.ts';

/** What is to be done, and how much of it at a time. */
interface BulkOptions {
  /** The organization, e.g. `http://127.0.0.1:8080`. */
  readonly organization: string;
  readonly customApi: string;
  readonly rows: number;
  readonly batchRows: number;
  /** Operations that may be under way at the same time. */
  readonly inFlight: number;
  readonly patience?: Patience;
  readonly onProgress?: (progress: Progress) => void;
}

/** Where a run stands. */
export interface Progress {
  /** Milliseconds since it began. */
  readonly atMs: number;
  readonly batches: number;
  readonly submitted: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly inFlight: number;
  /** The most operations that were in flight until now. */
  readonly mostInFlight: number;
}

/** A batch that was not done, and why. */
interface FailedBatch {
  readonly batch: number;
  readonly firstRow: number;
  readonly reason: string;
}

/** What a run came to. */
export interface BulkResult extends Progress {
  readonly failures: readonly FailedBatch[];
  /** Loyal contacts, the sum of what the batches found. */
  readonly loyal: number;
  /** Requests whose answer got lost; each was sent again. */
  readonly lostAnswers: number;
  /** Callbacks for batches that had ended: the second operation of a batch whose first answer got lost. */
  readonly furtherCallbacks: number;
}

const token = 'token-initiator';
/** Long enough for four attempts of 8 seconds on a machine that is six times as slow as it should be. */
const usual: Patience = { lookEveryMs: 60_000, giveUpAfterMs: 600_000 };
/** Requests that start operations at the same time, and connections for all requests. */
const lanes = 32;
const connections = 64;

/**
 * Cuts rows into batches, starts a background operation for each, as many at a time as are allowed, and learns of
 * each end by a callback, or at its monitor where none comes. What the platform could not do in its attempts is
 * reported, not tried again.
 */
export async function processInBulk(options: BulkOptions): Promise<BulkResult> {
  const { rows, batchRows, inFlight: most, onProgress, patience = usual } = options;
  const client = new HttpClient(options.organization, token, connections);
  const batches = Math.ceil(rows / batchRows);
  const began = performance.now();
  const count = { submitted: 0, succeeded: 0, failed: 0, loyal: 0, lostAnswers: 0, furtherCallbacks: 0 };
  const failures: FailedBatch[] = [];
  const running = new Map<number, (callback: Callback) => void>();
  let mostInFlight = 0;
  const progress = (): Progress => {
    const { submitted, succeeded: done, failed } = count;
    const atMs = Math.round(performance.now() - began);
    return { atMs, batches, submitted, succeeded: done, failed, inFlight: running.size, mostInFlight };
  };
  const receiver = await startReceiver((batch, callback) => {
    const ended = running.get(batch);
    running.delete(batch);
    if (ended === undefined) count.furtherCallbacks += 1;
    else ended(callback);
  });
  const room = new Room(most);
  const ends: Promise<void>[] = [];

  async function start(batch: number): Promise<void> {
    await room.enter();
    const ended = new Promise<Callback>((resolve) => running.set(batch, resolve));
    mostInFlight = Math.max(mostInFlight, running.size);
    const first = batch * batchRows;
    const inputs = { Batch: batch, First: first, Count: Math.min(batchRows, rows - first) };
    const submitted = await submit(client, options.customApi, inputs, receiver.urlFor(batch));
    count.submitted += 1;
    count.lostAnswers += submitted.lost;
    const end = submitted.refusal ?? endOf(client, ended, submitted.monitor, patience);
    ends.push(finish(batch, first, end));
  }

  async function finish(
    batch: number,
    firstRow: number,
    ended: string | Promise<Callback | string>,
  ): Promise<void> {
    const end = await ended;
    running.delete(batch);
    const loyal = typeof end === 'string' ? end : await loyalIn(client, end);
    if (typeof loyal === 'number') {
      count.loyal += loyal;
      count.succeeded += 1;
    } else {
      count.failed += 1;
      failures.push({ batch, firstRow, reason: loyal });
    }
    room.leave();
    onProgress?.(progress());
  }

  try {
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < batches) await start(next++);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    await Promise.all(ends);
  } finally {
    await receiver.close();
    client.close();
  }
  failures.sort((a, b) => a.batch - b.batch);
  const { loyal, lostAnswers, furtherCallbacks } = count;
  return { ...progress(), failures, loyal, lostAnswers, furtherCallbacks };
}
