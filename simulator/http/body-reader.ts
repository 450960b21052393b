import type { BodyTaker, ServerRequest } from './server-request.ts';

/** Why a body was not read to its end. */
type BodyProblem = 'too-long' | 'no-room' | 'gone';

/** Told once: the body as text, or why there is none. */
type BodyRead = (body: string | undefined, problem?: BodyProblem) => void;

/** Bytes of bodies that may be received at the same time. */
const inMemory = 256 * 1024 * 1024;

/** Reads the bodies of requests, each up to a limit, and all together up to another. */
export class BodyReader {
  /** Bytes that one body may have. */
  readonly longest: number;
  readonly #most: number;
  #held = 0;

  constructor(longest: number, most = Math.max(inMemory, longest)) {
    this.longest = longest;
    this.#most = most;
  }

  /** Whether so many bytes that were announced are too many. */
  refuses(announced: number): boolean {
    return announced > this.longest;
  }

  /** Calls `done` once: with the body as text, or with why there is none. */
  read(incoming: ServerRequest, done: BodyRead): void {
    incoming.giveBodyTo(new Reading(this, done));
  }

  /** Notes that so many more bytes are held; false if that is too many. */
  hold(bytes: number): boolean {
    this.#held += bytes;
    return this.#held <= this.#most;
  }

  /** Notes that they are held no more. */
  release(bytes: number): void {
    this.#held -= bytes;
  }
}

/** A body that is being read. */
class Reading implements BodyTaker {
  readonly #reader: BodyReader;
  #done: BodyRead | undefined;
  #first: Buffer | undefined = undefined;
  #further: Buffer[] | undefined = undefined;
  #length = 0;

  constructor(reader: BodyReader, done: BodyRead) {
    this.#reader = reader;
    this.#done = done;
  }

  piece(piece: Buffer): boolean {
    this.#length += piece.length;
    const hasRoom = this.#reader.hold(piece.length);
    if (this.#length > this.#reader.longest) return this.#give(undefined, 'too-long');
    if (!hasRoom) return this.#give(undefined, 'no-room');
    if (this.#first === undefined) this.#first = piece;
    else (this.#further ??= []).push(piece);
    return true;
  }

  end(): void {
    const first = this.#first ?? Buffer.alloc(0);
    const whole = this.#further === undefined ? first : Buffer.concat([first, ...this.#further]);
    this.#give(whole.toString('utf8'));
  }

  /** A client that goes away in the middle of its request has asked for nothing. */
  gone(): void {
    this.#give(undefined, 'gone');
  }

  #give(body: string | undefined, problem?: BodyProblem): false {
    const done = this.#done;
    if (done === undefined) return false;
    this.#done = undefined;
    this.#reader.release(this.#length);
    this.#first = undefined;
    this.#further = undefined;
    done(body, problem);
    return false;
  }
}
