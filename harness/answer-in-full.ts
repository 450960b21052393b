import type { Dispatcher } from 'undici';

/** An answer as it came: nothing decoded, no field left out. */
export interface RawAnswer {
  readonly status: number;
  /** Names and values in turn, as they came. */
  readonly headers: readonly (string | Buffer)[];
  readonly body: Buffer;
}

/** What of an answer is waited for. */
export interface AnswerWanted {
  /** Only the head: the connection is cut then. */
  readonly headOnly: boolean;
  /** The longest body that is kept, in bytes. */
  readonly limit: number;
}

/**
 * Takes an answer in full, as undici hands it over: without a stream and its turns for each, of which a run has
 * tens of thousands.
 */
export class AnswerInFull implements Dispatcher.DispatchHandler {
  readonly #wanted: AnswerWanted;
  readonly #whole = Promise.withResolvers<RawAnswer>();
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #head: Omit<RawAnswer, 'body'> | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #given: Error | undefined;

  constructor(wanted: AnswerWanted) {
    this.#wanted = wanted;
  }

  /** The answer; rejected with what kept it from coming. */
  get whole(): Promise<RawAnswer> {
    return this.#whole.promise;
  }

  /** Nobody waits any longer. A request that waits for the tunnel of a proxy is not sent when it is open. */
  giveUp(reason: Error): void {
    this.#given ??= reason;
    this.#whole.reject(reason);
    this.#controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#given !== undefined) controller.abort(this.#given);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status < 200) return;
    this.#head = { status, headers: controller.rawHeaders as readonly (string | Buffer)[] };
    if (!this.#wanted.headOnly) return;
    this.#whole.resolve({ ...this.#head, body: Buffer.alloc(0) });
    controller.abort(new Error('only the head was wanted'));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    // What is thrown here ends the request with it.
    if (this.#size > this.#wanted.limit)
      throw new Error(`the answer is larger than ${this.#wanted.limit / 1024 / 1024} MB`);
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first, ...rest] = this.#chunks;
    const body = first === undefined || rest.length > 0 ? Buffer.concat(this.#chunks) : first;
    if (this.#head !== undefined) this.#whole.resolve({ ...this.#head, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#whole.reject(error);
  }
}
