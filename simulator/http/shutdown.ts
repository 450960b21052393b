import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Simulator } from '../simulator.ts';

/** Milliseconds that a shutdown waits for answers, and then again for deliveries. */
export const graceMs = 10_000;

/** Keeps count of what a server still owes, so that it can be ended without cutting it. */
export class Unanswered {
  readonly #sockets = new Set<Socket>();
  /** Requests that were not answered yet. */
  count = 0;
  /** Whether the server is ending: each answer is the last of its connection. */
  ending = false;

  /** Watches the connections of a server. */
  watch(server: Server): void {
    server.on(
      server.listenerCount('secureConnection') > 0 ? 'secureConnection' : 'connection',
      (socket: Socket) => {
        this.#sockets.add(socket);
        socket.once('close', () => {
          this.#sockets.delete(socket);
        });
      },
    );
  }

  /** Whether all requests were answered and all answers have left. */
  get settled(): boolean {
    return this.count === 0 && [...this.#sockets].every((socket) => socket.writableLength === 0);
  }
}

/**
 * Ends servers of one simulator: takes no new connection, lets the answers in flight leave, starts no due work any
 * more, lets the deliveries under way end, each within a bound; then cuts what is left.
 */
export async function shutDown(
  servers: readonly Server[],
  unanswered: Unanswered,
  simulator: Simulator,
  withinMs: number,
): Promise<void> {
  const closed = servers.map(
    (server) =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  );
  unanswered.ending = true;
  await until(() => unanswered.settled, withinMs);
  simulator.dispose();
  await within(allSent(simulator), withinMs);
  for (const server of servers) server.closeAllConnections();
  await Promise.all(closed);
}

/** What one call brings about (the callback after the probe's last answer, say) is waited for as well. */
async function allSent(simulator: Simulator): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await simulator.sent();
    await pause(1);
  }
}

async function until(reached: () => boolean, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!reached() && performance.now() < deadline) await pause(10);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

async function within(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}
