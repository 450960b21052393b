import { http } from './node-http.ts';

/** Takes the body of a request, piece by piece. */
export interface BodyTaker {
  /** A piece has come; false if no further one is wanted: the rest goes the usual way. */
  readonly piece: (piece: Buffer) => boolean;
  /** The whole body has come. */
  readonly end: () => void;
  /** The client has gone away in the middle. */
  readonly gone: () => void;
}

/**
 * A request that can hand over its body as it is received. A stream tells of each piece, and of the end, in turns of
 * their own: for the short bodies of most requests that costs more than to answer them.
 */
export class ServerRequest extends http.IncomingMessage {
  private taker: BodyTaker | undefined = undefined;
  /** Whether a taker has the whole body: nobody reads the stream then. */
  private taken = false;

  /** Has the body handed to a taker. To be called while the request is announced: before any of it has come. */
  giveBodyTo(taker: BodyTaker): void {
    this.taker = taker;
  }

  /** Node hands over pieces of the body here, and null at its end. */
  override push(piece: Buffer | null, encoding?: BufferEncoding): boolean {
    const { taker } = this;
    if (taker === undefined) return super.push(piece, encoding);
    if (piece !== null) {
      if (!taker.piece(piece)) this.taker = undefined;
      return true;
    }
    this.taker = undefined;
    this.taken = true;
    // The stream is over at once: to read it to its end would take several turns.
    this.destroy();
    taker.end();
    return false;
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (this.taken) {
      // The connection goes on: the answer is yet to be written to it.
      callback(error);
      return;
    }
    const { taker } = this;
    this.taker = undefined;
    super._destroy(error, callback);
    taker?.gone();
  }
}
