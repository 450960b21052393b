import type { IncomingMessage } from 'node:http';

/** Why a body was not read to its end. */
export type BodyProblem = 'too-long' | 'no-room' | 'gone';

/** Bytes of bodies that may be received at the same time. */
const inMemory = 256 * 1024 * 1024;

/** Reads the bodies of requests, each up to a limit, and all together up to another. */
export class BodyReader {
  readonly #longest: number;
  readonly #most: number;
  #held = 0;

  constructor(longest: number, most = Math.max(inMemory, longest)) {
    this.#longest = longest;
    this.#most = most;
  }

  /** Whether so many bytes that were announced are too many. */
  refuses(announced: number): boolean {
    return announced > this.#longest;
  }

  /** Calls `done` once: with the body as text, or with why there is none. */
  read(incoming: IncomingMessage, done: (body: string | undefined, problem?: BodyProblem) => void): void {
    let chunks: Buffer[] = [];
    let length = 0;
    let over = false;
    const end = (body: string | undefined, problem?: BodyProblem) => {
      if (over) return;
      over = true;
      this.#held -= length;
      chunks = [];
      done(body, problem);
    };
    incoming.on('data', (chunk: Buffer) => {
      if (over) return;
      this.#held += chunk.length;
      length += chunk.length;
      if (length > this.#longest) end(undefined, 'too-long');
      else if (this.#held > this.#most) end(undefined, 'no-room');
      else chunks.push(chunk);
    });
    incoming.on('end', () => {
      const [only] = chunks;
      const whole = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
      end(whole.toString('utf8'));
    });
    // A client that goes away in the middle of its request has asked for nothing.
    const gone = () => {
      end(undefined, 'gone');
    };
    incoming.on('error', gone);
    incoming.on('close', gone);
  }
}
