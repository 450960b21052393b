import { IncomingMessage } from 'node:http';

/** A body in one piece, or the request as a stream of it; null where there is none. */
export type PassedBody = Uint8Array | PassedRequest | null;

/**
 * A request whose body is had in one piece where it comes together with its head: a stream tells of each piece, and of
 * the end, in turns of their own, which costs more than to pass a short body on.
 */
export class PassedRequest extends IncomingMessage {
  #early: Buffer[] | undefined = undefined;
  #tell: ((body: Uint8Array | this) => void) | undefined = undefined;
  #late: NodeJS.Immediate | undefined = undefined;
  #isWhole = false;

  /** Calls back once: with the body, or with this request as a stream where the body takes its time. */
  onBody(tell: (body: Uint8Array | this) => void): void {
    this.#early = [];
    this.#tell = tell;
    // What has been received is read by then.
    this.#late = setImmediate(() => {
      for (const piece of this.#early ?? []) super.push(piece);
      this.#early = undefined;
      tell(this);
    });
  }

  /** Node hands over pieces of the body here, and null at its end. */
  override push(piece: Buffer | null, encoding?: BufferEncoding): boolean {
    const early = this.#early;
    if (early === undefined) return super.push(piece, encoding);
    if (piece !== null) {
      early.push(piece);
      return true;
    }
    this.#early = undefined;
    this.#isWhole = true;
    clearImmediate(this.#late);
    // Nobody reads the stream any more.
    this.destroy();
    const [first] = early;
    this.#tell?.(early.length === 1 && first !== undefined ? first : Buffer.concat(early));
    return false;
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    // The connection goes on: the answer is yet to be written to it.
    if (this.#isWhole) callback(error);
    else super._destroy(error, callback);
  }
}
