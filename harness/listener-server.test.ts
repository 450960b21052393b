import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveListener, type ServedListener } from './listener-server.ts';
import type { Received } from '../record/evidence.ts';
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
  it.each<[{ status: number; body?: string }, string | undefined]>([
    [{ status: 200, body: '{"outcome":"é"}' }, '16'],
    [{ status: 200 }, '0'],
    [{ status: 204 }, undefined],
  ])('answers in one piece, as long as it says: %j', async (reply, length) => {
    const { url } = listener.open(new Channel('callback', () => reply));
    const answer = await post(url, '');
    expect(answer.headers.get('content-length') ?? undefined).toBe(length);
    expect(answer.headers.get('transfer-encoding')).toBeNull();
    expect(await answer.text()).toBe(reply.body ?? '');
  });

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

  it('sets a cookie where somebody listens, and leads elsewhere where a reply says so', async () => {
    const channel = new Channel('callback', () => ({ status: 307, location: '/bgop/elsewhere' }));
    const { url } = listener.open(channel);
    const answer = await fetch(url, { method: 'POST', redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([307, '/bgop/elsewhere']);
    expect(answer.headers.getSetCookie()).toHaveLength(1);
    const stranger = await fetch(new URL('/bgop/nobody', url));
    expect(stranger.headers.getSetCookie()).toEqual([]);
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

  it('keeps of many long bodies only the beginnings', async () => {
    const long = new Listener('');
    const evidence: Received[] = [];
    long.onReceived = (received) => void evidence.push(received.masked());
    const channel = new Channel('callback', () => ({ status: 200 }));
    const path = new URL(`http://x${long.open(channel).url}`).pathname;
    const body = `${'x'.repeat(16 * 1024 - 9)}Bearer ${'a1b2'.repeat(2_000_000)}`;
    for (let sent = 0; sent < 10; sent += 1)
      await long.handle({ method: 'POST', path, query: '', headers: [], body });
    const lengths = channel.deliveries.map((delivery) => delivery.body.length);
    expect(lengths.reduce((sum, length) => sum + length)).toBeLessThan(34 * 1024 * 1024);
    expect(lengths.at(-1)).toBe(body.length);
    expect(lengths[0]).toBe(16 * 1024);
    expect(evidence).toHaveLength(10);
    for (const { body: told } of evidence) {
      expect(told.text.length).toBeLessThanOrEqual(16 * 1024);
      expect(told.text).not.toContain('a1b2');
      expect(told.cut?.bytes).toBe(body.length);
    }
  });

  it('tells whether what came is the target’s, in a documented form', async () => {
    const own = new Listener('');
    const told: boolean[] = [];
    own.onReceived = (_received, documented) => void told.push(documented);
    const answer = (): { status: number } => ({ status: 200 });
    own.preregister(new Channel('event', answer));
    const paths = [own.open(new Channel('callback', answer)).url, '/bgop/events', '/bgop/elsewhere'];
    // Nobody documents what comes to an address that a flow has registered.
    paths.push(own.open(new Channel('callback', answer, false)).url);
    for (const path of paths) await own.handle({ method: 'POST', path, query: '', headers: [], body: '{}' });
    expect(told).toEqual([true, false, false, false]);
  });

  it('tells one check of a few strangers only', async () => {
    let told = 0;
    listener.onReceived = () => void (told += 1);
    for (let sent = 0; sent < 50; sent += 1) await post(`${listener.base}/favicon.ico`, 'x');
    expect(told).toBe(5);
    expect(listener.arrived).toBe(0);
  });

  it('leaves room for others when one address takes every connection it can get', async () => {
    const { channel, url } = opened();
    const { port } = new URL(url);
    const sockets = Array.from({ length: 420 }, () => connect(Number(port), '127.0.0.1'));
    const closed = sockets.map((socket) => {
      socket.on('error', () => undefined);
      return new Promise<boolean>((resolve) => socket.once('close', () => resolve(true)));
    });
    // What is over the limit is closed at once, by the server.
    await Promise.race([...closed]);
    await expect.poll(() => listener.turnedAway).toBe(20);
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
    await expect
      .poll(() =>
        post(url, 'now').then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
    expect(channel.deliveries.map(({ body }) => body)).toEqual(['now']);
  });

  it.each([
    ['garbage', '\u0000\u0001\u0002 nothing of the kind\r\n\r\n'],
    ['two lengths', 'POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!'],
    [
      'a length and chunks',
      'POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a header without an end', `POST PATH HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`],
  ])('refuses %s and goes on', async (_name, text) => {
    const { channel, url } = opened();
    const { pathname, port } = new URL(url);
    const answer = await new Promise<string>((resolve) => {
      let told = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text.replace('PATH', pathname)));
      socket.on('data', (data) => (told += data.toString('latin1')));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(told));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(channel.deliveries).toEqual([]);
    expect((await post(url, 'fine')).status).toBe(200);
  });

  it('limits what comes to the path of a preregistered webhook, which anybody can guess', () => {
    listener.preregister(new Channel('event', () => ({ status: 200 })));
    expect(listener.bodyLimit('/bgop/events', 20_000_000)).toBe(512 * 1024);
    expect(listener.bodyLimit('/bgop/other', 20_000_000)).toBe(16 * 1024);
  });
});
