import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveListener, type ServedListener } from './listener-server.ts';
import { Channel, Listener } from './listener.ts';

const limit = 100_000;
let listener: Listener;
let served: ServedListener;

beforeEach(async () => {
  listener = new Listener('');
  served = await serveListener(listener, '127.0.0.1', 0, limit);
  listener.base = `http://127.0.0.1:${served.port}`;
});

afterEach(() => served.close());

function opened(): { channel: Channel; url: string } {
  const channel = new Channel('callback', () => ({ status: 200 }));
  return { channel, url: listener.open(channel).url };
}

const post = (url: string, body: string) => fetch(url, { method: 'POST', body });

/** Sends a chunked body that never ends, as long as anybody takes it; answers what came back, and how much went out. */
function flood(url: string): Promise<{ answer: string; sent: number }> {
  const { pathname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1');
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    let answer = '';
    let sent = 0;
    const push = (): void => {
      while (answer === '' && sent < 1e9) {
        sent += chunk.length;
        if (!socket.write(chunk)) return;
      }
    };
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve({ answer, sent });
    });
    socket.on('drain', push);
    socket.write(`POST ${pathname} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
    push();
  });
}

describe('the served listener', () => {
  it('has paths that cannot be guessed', () => {
    const keys = Array.from({ length: 100 }, () => /\/bgop\/([0-9a-f]{32})$/.exec(opened().url)?.[1]);
    expect(new Set(keys).size).toBe(100);
    expect(keys).not.toContain(undefined);
  });

  it('takes a body up to its limit and answers 413 to a longer one, without keeping it', async () => {
    const { channel, url } = opened();
    expect((await post(url, 'x'.repeat(limit))).status).toBe(200);
    expect((await post(url, 'x'.repeat(limit + 1))).status).toBe(413);
    expect(channel.deliveries.map(({ body }) => body.length)).toEqual([limit]);
  });

  it('stops reading a body without an end', async () => {
    const { channel, url } = opened();
    const { answer, sent } = await flood(url);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    // What the system buffers on both sides of a connection, no more.
    expect(sent).toBeLessThan(30_000_000);
    expect(channel.deliveries).toEqual([]);
  });

  it('answers 404 where nobody opened a path, and keeps next to nothing of it', async () => {
    const url = `${listener.base}/bgop/${'0'.repeat(32)}`;
    expect((await post(url, 'short')).status).toBe(404);
    expect((await flood(url)).answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(listener.unexpected.map(({ body }) => body)).toEqual(['short', '']);
    for (let sent = 0; sent < 300; sent += 1)
      await listener.handle({ method: 'POST', path: '/', query: '', headers: [], body: String(sent) });
    expect(listener.unexpected).toHaveLength(200);
    expect(listener.unexpected.at(-1)?.body).toBe('299');
  });

  it('limits what comes to the path of a preregistered webhook, which anybody can guess', () => {
    listener.preregister(new Channel('event', () => ({ status: 200 })));
    expect(listener.bodyLimit('/bgop/events', 20_000_000)).toBe(512 * 1024);
    expect(listener.bodyLimit('/bgop/other', 20_000_000)).toBe(16 * 1024);
  });
});
