import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startServer } from '../server.ts';
import { createSimulator } from '../simulator.ts';
import { writeAnswer } from './answer-writer.ts';
import type { UnsentLimits } from './unsent.ts';
import { Unsent } from './unsent.ts';

const megabyte = 1024 * 1024;
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The answer to `/5`: 5 MB. */
const answerTo = (path = '') => ({
  status: 200,
  headers: [],
  body: 'x'.repeat(Number(path.slice(1)) * megabyte),
});

/** A server that answers at once, but `/later` never; `held` has the connections of that. */
async function serve(limits: Partial<UnsentLimits>) {
  const unsent = new Unsent(limits);
  // On a busy machine a connection may have been ended before anybody looks.
  let peak = 0;
  const watch = unsent.watch.bind(unsent);
  unsent.watch = (response, body) => {
    watch(response, body);
    peak = Math.max(peak, unsent.bytes);
  };
  const held: Socket[] = [];
  const server: Server = createServer((request, response) => {
    if (request.url === '/later') held.push(request.socket);
    else writeAnswer(response, answerTo(request.url), false, unsent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const connections = () =>
    new Promise<number>((resolve) => {
      server.getConnections((_error, count) => {
        resolve(count);
      });
    });
  return { unsent, peak: () => peak, held, connections, port: (server.address() as AddressInfo).port };
}

/** A client that asks, and takes nothing of its answers until it is told to. */
function asking(port: number, ...paths: string[]) {
  const socket: Socket = connect(port, '127.0.0.1');
  const client = {
    closed: false,
    received: 0,
    ask: (path: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
    take: () =>
      socket.on('data', (chunk: Buffer) => {
        client.received += chunk.length;
      }),
  };
  closing.push(() => socket.destroy());
  socket.on('error', () => undefined);
  socket.on('close', () => {
    client.closed = true;
  });
  for (const path of paths) client.ask(path);
  return client;
}

async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 8_000;
  while (!(await reached()) && performance.now() < deadline) await new Promise((go) => setTimeout(go, 5));
  expect(await reached()).toBe(true);
}

describe('answers that their clients do not take', () => {
  it('end the connection after a time without a byte', async () => {
    const { port, unsent, peak, connections } = await serve({ idleMs: 60 });
    const client = asking(port, '/32');
    await until(() => peak() === 32 * megabyte);
    await until(async () => (await connections()) === 0);
    // A connection is not counted any more a moment before it says that it has closed.
    await until(() => unsent.bytes === 0);
    client.take();
    await until(() => client.closed);
    expect(client.received).toBeLessThan(32 * megabyte);
  });

  it('end the connection that has waited longest when all have too many bytes together', async () => {
    const { port, unsent, connections } = await serve({ most: 50 * megabyte });
    const first = asking(port, '/20');
    await until(() => unsent.bytes === 20 * megabyte);
    const second = asking(port, '/20');
    await until(() => unsent.bytes === 40 * megabyte);
    const third = asking(port, '/20');
    await until(async () => (await connections()) === 2);
    expect(unsent.bytes).toBe(40 * megabyte);
    for (const client of [first, second, third]) client.take();
    await until(() => first.closed && [second, third].every(({ received }) => received > 20 * megabyte));
    expect(first.received).toBeLessThan(20 * megabyte);
    expect([second.closed, third.closed, unsent.bytes]).toEqual([false, false, 0]);
  });

  it('leave no time limit behind for the work on the next request', async () => {
    const { port, unsent, held } = await serve({ idleMs: 5_000 });
    const client = asking(port, '/32', '/later');
    await until(() => unsent.bytes > 0);
    client.take();
    await until(() => unsent.bytes === 0 && held.length === 1);
    expect(held[0]?.timeout).toBe(0);
    expect(client.closed).toBe(false);
  });

  it('are bounded in the server of the simulator', async () => {
    const simulator = createSimulator();
    const handle = ({ path }: { readonly path: string }) => answerTo(path);
    const server = await startServer({ ...simulator, handle }, { unsent: { most: megabyte }, graceMs: 100 });
    closing.push(() => server.close());
    const client = asking(Number(new URL(server.url).port), '/32');
    client.take();
    await until(() => client.closed);
    expect(client.received).toBeLessThan(32 * megabyte);
  });
});
