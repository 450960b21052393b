import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSender, sendByNode } from './send-by-node.ts';

let receiver: Server | undefined;
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  receiver?.close();
});

/** Sends to a receiver that does something with its socket once the request is there. */
async function sendTo(behave: (socket: Socket) => void, timeoutMs = 150) {
  receiver = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      behave(socket);
    });
  });
  await new Promise<void>((resolve) => receiver?.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return sendByNode({
    method: 'POST',
    url: `http://127.0.0.1:${port}/`,
    headers: [],
    body: '{}',
    purpose: 'callback',
    timeoutMs,
  });
}

/** Writes a text over and over until nobody listens any more. */
const drip = (first: string, text: string, everyMs: number) => (socket: Socket) => {
  socket.write(first);
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(text);
  }, everyMs);
};

const head = 'HTTP/1.1 200 OK\r\n';

describe('an outbound call', () => {
  it.each<[string, (socket: Socket) => void, RegExp]>([
    ['is silent', () => undefined, /no whole answer came within 0.15 s/],
    [
      'switches protocols',
      (s) => s.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
      /101/,
    ],
    ['sends 1xx without end', (s) => s.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(1000)), /1xx/],
    ['drips 1xx', drip('', 'HTTP/1.1 103 Early\r\n\r\n', 10), /no whole answer|1xx/],
    ['never ends its body', (s) => s.write(`${head}Content-Length: 9\r\n\r\nx`), /no whole answer/],
    [
      'drips its body',
      drip(`${head}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n', 10),
      /no whole answer/,
    ],
    ['drips its head', drip(head, 'X: y\r\n', 10), /no whole answer/],
    [
      'sends headers without end',
      (s) => s.write(head + `X: ${'y'.repeat(4000)}\r\n`.repeat(100)),
      /Header|Parse/,
    ],
    ['closes at once', (s) => s.destroy(), /hang up|ECONNRESET|closed the connection/],
    [
      'closes within its body',
      (s) => s.end(`${head}Content-Length: 9\r\n\r\nx`),
      /aborted|closed the connection/,
    ],
    ['sends no HTTP', (s) => s.write('\0\x01garbage\r\n\r\n'), /Parse/],
    ['sends a huge body', drip(`${head}\r\n`, 'x'.repeat(8 * 1024 * 1024), 1), /too long|no whole answer/],
  ])('is over in time when the receiver %s', async (_what, behave, why) => {
    const from = performance.now();
    await expect(sendTo(behave)).rejects.toThrow(why);
    expect(performance.now() - from).toBeLessThan(10_000);
  });

  it('follows no redirect, and gives what came', async () => {
    const answer = await sendTo(
      (s) => s.write('HTTP/1.1 307 Go\r\nLocation: /\r\nContent-Length: 2\r\n\r\nhi'),
      5000,
    );
    expect(answer).toEqual({ status: 307, body: 'hi' });
  });

  it('gives Retry-After', async () => {
    const answer = await sendTo(
      (s) => s.write('HTTP/1.1 200 OK\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nhi'),
      5000,
    );
    expect(answer).toEqual({ status: 200, body: 'hi', retryAfter: '7' });
  });

  it('does not leave for a host that is refused', async () => {
    const send = createSender({ refuses: (host) => `${host} is not allowed` });
    const request = { method: 'POST', headers: [], body: '', purpose: 'callback', timeoutMs: 1000 } as const;
    await expect(send({ ...request, url: 'http://[::1]:9/' })).rejects.toThrow('::1 is not allowed');
  });
});

describe('the body of a call', () => {
  /** Sends in a form to a server of HTTP, and gives what came there. */
  async function received(form: 'chunks' | 'expect', goesOn = true) {
    const seen: { fields?: IncomingHttpHeaders; body: string; asked: number } = { body: '', asked: 0 };
    const read = (request: IncomingMessage, response: ServerResponse) => {
      seen.fields = request.headers;
      request.on('data', (chunk: Buffer) => (seen.body += chunk.toString()));
      request.on('end', () => response.end('ok'));
    };
    const web = createHttpServer(read);
    web.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      seen.asked += 1;
      if (goesOn) response.writeContinue();
      else response.writeHead(417).end();
      if (goesOn) read(request, response);
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const address = web.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
    try {
      const body = '{"a":"twenty characters."}';
      const request = { method: 'POST', url, headers: [], body, purpose: 'callback', form } as const;
      const answer = await sendByNode({ ...request, timeoutMs: 20_000 });
      return { ...seen, answer };
    } finally {
      web.close();
    }
  }

  it('comes in chunks', async () => {
    const { fields, body } = await received('chunks');
    expect(fields).toMatchObject({ 'transfer-encoding': 'chunked' });
    expect(fields?.['content-length']).toBeUndefined();
    expect(body).toBe('{"a":"twenty characters."}');
  });

  it('waits until the receiver goes on', async () => {
    const { asked, body, answer } = await received('expect');
    expect([asked, body, answer.status]).toEqual([1, '{"a":"twenty characters."}', 200]);
  });

  it('does not come where the receiver does not go on', async () => {
    const { body, answer } = await received('expect', false);
    expect([body, answer.status]).toEqual(['', 417]);
  });
});
