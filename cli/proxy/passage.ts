import type { ServerResponse } from 'node:http';
import { changeLocation, answerFields, refuse, whyUnreached } from './fields.ts';
import type { Passed, RawFields } from './passed.ts';
import type { PassedRequest } from './passed-request.ts';

/** What every passage through a proxy needs to know of it. */
export interface PassageContext {
  /** Scheme, host and port of the target. */
  readonly target: string;
  /** The address that takes the place of the target's in `Location`; undefined where it stays. */
  readonly ownUrl: string | undefined;
  readonly record: (passed: Passed) => void;
  readonly onUnreachable: (why: string) => void;
}

/** Bytes of one body that are recorded; the rest passes unrecorded. */
const recordedBytes = 1_000_000;

/**
 * One request on its way to the target, and its answer on the way back. Whoever sends the request tells the passage
 * of the answer; what passed is recorded once the client has it, or has gone.
 */
export class Passage {
  readonly request: PassedRequest;
  readonly #response: ServerResponse;
  readonly #context: PassageContext;
  readonly #from = Date.now();
  readonly #began = performance.now();
  readonly #body = new Collected();
  readonly #answerBody = new Collected();
  #status: number | undefined;
  #answerHeaders: RawFields = [];
  #gone = false;
  /** The target took the request, and closed the connection instead of an answer. */
  #cut = false;
  #ended = false;
  #onGone: () => void = () => undefined;
  #onRoom: () => void = () => undefined;

  constructor(request: PassedRequest, response: ServerResponse, context: PassageContext) {
    this.request = request;
    this.#response = response;
    this.#context = context;
    // What is written while the client goes is lost, and 'close' tells of it.
    response.on('error', () => undefined);
    response.on('drain', () => {
      this.#onRoom();
    });
    // However it ends: answered, cut by the target, or given up by the client.
    response.once('close', () => {
      this.#gone = true;
      if (!this.#ended) this.#onGone();
      this.#record();
    });
  }

  /** Whether there is nobody left to answer. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Calls back if the client goes before it has the answer. */
  onGone(tell: () => void): void {
    this.#onGone = tell;
  }

  /** Calls back when the client takes more of the answer, after it took no more. */
  onRoom(tell: () => void): void {
    this.#onRoom = tell;
  }

  /** The target waits for the body, as the client asked it to say. */
  mayContinue(): void {
    if (this.request.headers.expect !== undefined) this.#response.writeContinue();
  }

  /** A piece of the request's body has gone to the target. */
  sent(chunk: Uint8Array): void {
    this.#body.add(chunk);
  }

  /** The target's answer begins. */
  begin(status: number, message: string, fields: RawFields): void {
    this.#status = status;
    this.#answerHeaders = fields;
    const { target, ownUrl } = this.#context;
    const sent = answerFields(fields, this.request.httpVersion);
    if (ownUrl !== undefined) changeLocation(sent, target, ownUrl);
    this.#response.sendDate = false;
    try {
      this.#response.writeHead(status, message, sent);
    } catch {
      // Node writes no field that breaks the rules, though it read it: the client has no answer, as from a bad target.
      this.#response.destroy();
      return;
    }
    // A body may take its time after its head: the client does not wait for both. Mostly they come together.
    process.nextTick(() => {
      if (this.#answerBody.empty && !this.#response.writableEnded) this.#response.write('', 'latin1');
    });
  }

  /** @returns whether the client takes more at once; otherwise {@link onRoom} says when */
  data(chunk: Buffer): boolean {
    this.#answerBody.add(chunk);
    return this.#response.write(chunk);
  }

  /** The answer is whole. */
  end(trailers: RawFields): void {
    this.#ended = true;
    if (trailers.length > 0) {
      const pairs: [string, string][] = [];
      for (let at = 0; at + 1 < trailers.length; at += 2)
        pairs.push([trailers[at] ?? '', trailers[at + 1] ?? '']);
      this.#response.addTrailers(pairs);
    }
    this.#response.end();
  }

  /** No answer came, or it ended in the middle: so it does for the client. */
  fail(error: Error): void {
    this.#ended = true;
    if (this.#gone) return;
    const why = whyUnreached(error);
    this.#cut = why === undefined;
    if (why !== undefined) this.#context.onUnreachable(why);
    if (why !== undefined && !this.#response.headersSent) refuse(this.#response, why);
    else this.#response.destroy();
  }

  #record(): void {
    const { method = 'GET', url = '/', rawHeaders } = this.request;
    this.#context.record({
      from: this.#from,
      durationMs: performance.now() - this.#began,
      method,
      url: url.startsWith('/') ? this.#context.target + url : url,
      headers: rawHeaders,
      body: this.#body.whole(),
      status: this.#status ?? (this.#cut ? 0 : undefined),
      answerHeaders: this.#answerHeaders,
      answerBody: this.#answerBody.whole(),
    });
  }
}

/** A body as far as it is recorded. */
class Collected {
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;

  get empty(): boolean {
    return this.#bytes === 0;
  }

  add(chunk: Uint8Array): void {
    const room = recordedBytes - this.#bytes;
    this.#bytes += chunk.length;
    if (room > 0) this.#chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
  }

  whole(): Uint8Array {
    const [first] = this.#chunks;
    return this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
  }
}
