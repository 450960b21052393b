import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Bounds for answers that their clients do not take. */
export interface UnsentLimits {
  /** Milliseconds in which a client has to take something of its answer. */
  readonly idleMs: number;
  /** Bytes of all answers that have not left yet. */
  readonly most: number;
}

/** What the server of the command allows. */
const unsentLimits: UnsentLimits = { idleMs: 30_000, most: 256 * 1024 * 1024 };

/** Watches answers that wait for their clients, and ends the connections of those who let them wait. */
export class Unsent {
  readonly #limits: UnsentLimits;
  /** The bytes that wait for each client; the one that has waited longest comes first. */
  readonly #waiting = new Map<Socket, number>();
  readonly #known = new WeakSet<Socket>();
  #bytes = 0;

  constructor(limits: Partial<UnsentLimits> = {}) {
    this.#limits = { ...unsentLimits, ...limits };
  }

  /** Bytes of answers that have not left yet. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Watches an answer that was just written whole, with this body. */
  watch(response: ServerResponse, body: string): void {
    // Most answers fit into what the system keeps for the client: those have left already.
    if (response.writableLength === 0) return;
    const { socket } = response.req;
    if (socket.destroyed) return;
    const bytes = Buffer.byteLength(body);
    if (!this.#known.has(socket)) {
      this.#known.add(socket);
      socket.once('close', () => {
        this.#forget(socket);
      });
    }
    this.#waiting.set(socket, (this.#waiting.get(socket) ?? 0) + bytes);
    this.#bytes += bytes;
    // Node sees to it that bytes which leave start this time anew, and ends the connection when it is over.
    socket.setTimeout(this.#limits.idleMs);
    // Before Node's own listener, which sets the time for the next request.
    response.prependOnceListener('finish', () => {
      this.#left(socket, bytes);
    });
    this.#endLongest();
  }

  #left(socket: Socket, bytes: number): void {
    const waiting = this.#waiting.get(socket);
    if (waiting === undefined) return;
    this.#bytes -= bytes;
    if (waiting > bytes) {
      this.#waiting.set(socket, waiting - bytes);
      return;
    }
    this.#waiting.delete(socket);
    socket.setTimeout(0);
  }

  #forget(socket: Socket): void {
    this.#bytes -= this.#waiting.get(socket) ?? 0;
    this.#waiting.delete(socket);
  }

  #endLongest(): void {
    for (const socket of this.#waiting.keys()) {
      if (this.#bytes <= this.#limits.most) return;
      this.#forget(socket);
      socket.destroy();
    }
  }
}
