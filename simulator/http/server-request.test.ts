import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';

const fields = 'Host: localhost\r\nAuthorization: Bearer token-initiator\r\n';
const path = '/api/data/v9.2/sample_Echo';

/** A submission with a text as its input, or the head of one alone. */
const submission = (text: string, more = '', version = '1.1') => {
  const body = JSON.stringify({ StringValue: text });
  const length = `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  const head = `POST ${path} HTTP/${version}\r\n${fields}Prefer: respond-async\r\nContent-Type: application/json\r\n`;
  return { head: `${head}${length}${more}\r\n`, body };
};

describe('requests over a connection', () => {
  let server: RunningServer;
  let socket: Socket;
  let received: string;
  let ended: boolean;

  beforeEach(async () => {
    server = await startServer({}, { graceMs: 60_000 });
    received = '';
    ended = false;
    socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.setNoDelay(true);
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.on('close', () => (ended = true));
    await until(() => !socket.connecting);
  });

  afterEach(async () => {
    socket.destroy();
    await server.close();
  });

  const until = async (reached: () => boolean) => {
    const deadline = performance.now() + 10_000;
    while (!reached()) {
      if (performance.now() > deadline) throw new Error(`not reached, received: ${received}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const statuses = () => Array.from(received.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => Number(status));
  const requests = () => server.simulator.control.requests.list();
  /** Sends bytes, and lets the server take them before the next. */
  const send = async (bytes: string | Buffer) => {
    socket.write(bytes);
    await new Promise((resolve) => setImmediate(resolve));
  };

  it('arrive with a body in pieces, whose characters are cut', async () => {
    const { head, body } = submission('ä😀');
    const bytes = Buffer.from(body);
    await send(head);
    for (let at = 0; at < bytes.length; at += 7) await send(bytes.subarray(at, at + 7));
    await until(() => statuses().length === 1);
    expect(statuses()).toEqual([202]);
    expect(requests()[0]?.body).toBe(body);
  });

  it('are answered in order where they are pipelined, however they end', async () => {
    const [first, last] = [submission('first'), submission('last')];
    const get = `GET /api/backgroundoperation/none HTTP/1.1\r\n${fields}\r\n`;
    const head = `HEAD /api/data/v9.2/WhoAmI HTTP/1.1\r\n${fields}\r\n`;
    const chunked = `POST ${path} HTTP/1.1\r\n${fields}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"S\r\n0012\r\ntringValue":"now"}\r\n0\r\nTrailer: 1\r\n\r\n`;
    socket.write(`${first.head}${first.body}${get}${head}${chunked}${last.head}${last.body}`);
    await until(() => statuses().length === 5);
    expect(statuses()).toEqual([202, 404, 404, 200, 202]);
    // The one that takes a turn of its own ends later, and its answer goes out in its place all the same.
    const bodies = requests().map((each) => each.body);
    expect(bodies.toSorted()).toEqual(['', '', '{"StringValue":"now"}', first.body, last.body].toSorted());
    expect(ended).toBe(false);
  });

  it('are told to go on where they wait for it', async () => {
    const { head, body } = submission('late', 'Expect: 100-continue\r\n');
    socket.write(head);
    await until(() => statuses().length === 1);
    socket.write(body);
    await until(() => statuses().length === 2);
    expect(statuses()).toEqual([100, 202]);
  });

  it('end the connection of HTTP/1.0', async () => {
    const { head, body } = submission('old', '', '1.0');
    socket.write(head + body);
    await until(() => ended);
    expect(statuses()).toEqual([202]);
  });

  it('ask for nothing where the client goes away in the middle', async () => {
    const { head, body } = submission('half');
    socket.write(head + body.slice(0, 10));
    await send('');
    socket.destroy();
    await until(() => ended);
    // Nothing is owed to it: this waits for no answer.
    const began = performance.now();
    await server.close();
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(requests()).toEqual([]);
  });

  it('go on after a body that nobody wanted to read', async () => {
    const other = `PUT /nowhere HTTP/1.1\r\n${fields}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;
    socket.write(other);
    await until(() => statuses().length === 1);
    const { head, body } = submission('next');
    socket.write(head + body);
    await until(() => statuses().length === 2);
    expect(statuses()).toEqual([404, 202]);
  });
});
