import { HttpClient, type HttpAnswer } from './http-client.ts';
import { startReceiver, type Callback } from './receiver.ts';

/** What is to be done, and how much of it at a time. */
interface BulkOptions {
  /** The organization, e.g. `http://127.0.0.1:8080`. */
  readonly organization: string;
  readonly customApi: string;
  readonly rows: number;
  readonly batchRows: number;
  /** Operations that may be under way at the same time. */
  readonly inFlight: number;
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
const succeeded = 30;
/** Requests that start operations at the same time, and connections for all requests. */
const lanes = 32;
const connections = 64;

/**
 * Cuts rows into batches, starts a background operation for each, as many at a time as are allowed, and learns of
 * each end by a callback. What the platform could not do in its attempts is reported, not tried again.
 */
export async function processInBulk(options: BulkOptions): Promise<BulkResult> {
  const { rows, batchRows, inFlight: most, onProgress } = options;
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
    const { refusal, lost } = await submit(client, options.customApi, inputs, receiver.urlFor(batch));
    count.submitted += 1;
    count.lostAnswers += lost;
    ends.push(finish(batch, first, refusal === undefined ? ended : Promise.resolve(refusal)));
  }

  async function finish(batch: number, firstRow: number, ended: Promise<Callback | string>): Promise<void> {
    const end = await ended;
    running.delete(batch);
    const loyal = typeof end === 'string' ? end : (failureIn(end) ?? (await loyalIn(client, end)));
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

/** Lets so many in at a time. */
class Room {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(places: number) {
    this.#free = places;
  }

  enter(): Promise<void> | undefined {
    if (this.#free > 0) {
      this.#free -= 1;
      return undefined;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}

const attempts = 8;

/** Starts one operation, and tells why it could not be. That a lost request was taken does no harm: the plug-in knows its batch. */
async function submit(
  client: HttpClient,
  customApi: string,
  inputs: object,
  callbackUrl: string,
): Promise<{ readonly refusal: string | undefined; readonly lost: number }> {
  const path = `/api/data/v9.2/${customApi}`;
  const headers = { prefer: `respond-async, odata.callback; url="${callbackUrl}"` };
  const { answer, lost } = await asked(() => client.send('POST', path, headers, JSON.stringify(inputs)));
  if (answer?.status === 202) return { refusal: undefined, lost };
  return {
    refusal: answer === undefined ? 'not answered' : `refused: ${answer.status} ${answer.text}`,
    lost,
  };
}

/** Sends a request until it is answered by something else than 429 or 5xx, waiting as long as an answer asks for. */
async function asked(
  send: () => Promise<HttpAnswer>,
): Promise<{ readonly answer: HttpAnswer | undefined; readonly lost: number }> {
  let lost = 0;
  for (let sent = 1; ; sent += 1) {
    const answer = await send().catch(() => undefined);
    if (answer === undefined) lost += 1;
    const again = answer === undefined || answer.status === 429 || answer.status >= 500;
    if (!again || sent === attempts) return { answer, lost };
    await pause(Number(answer?.headers['retry-after'] ?? 0) * 1_000 || 100 * 2 ** sent);
  }
}

function failureIn(callback: Callback): string | undefined {
  if (callback.backgroundOperationStatusCode === succeeded) return undefined;
  return String(callback.backgroundOperationErrorMessage ?? 'canceled');
}

/** Reads the outputs at the monitor: a callback has none. Where they cannot be read, why. */
async function loyalIn(client: HttpClient, { location }: Callback): Promise<number | string> {
  const { answer } = await asked(() => client.send('GET', new URL(String(location)).pathname));
  if (answer === undefined) return 'done, but its outputs were not answered';
  if (answer.status !== 200) return `done, but its outputs were refused: ${answer.status}`;
  return Number((JSON.parse(answer.text) as Callback).Loyal);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
