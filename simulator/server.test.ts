import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AnsweredRequest, RunningServer } from './server.ts';
import { startServer } from './server.ts';

/** Faults of the simulator behind refusals that look like those of bad input. */
const faults: unknown[] = [];
let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ onFault: (error) => faults.push(error) }, { bodyLimit: 100_000 });
});

afterEach(() => {
  expect(faults).toEqual([]);
});

afterAll(() => server.close());

/** Sends raw bytes; answers what came until the server closed or fell silent. */
function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      socket.end();
    });
    socket.on('close', () => {
      resolve(received);
    });
    socket.on('error', () => {
      resolve(received);
    });
    socket.write(text, 'latin1');
  });
}

const authorization = 'Bearer token-initiator';
const json = { 'content-type': 'application/json' };
const call = (method: string, path: string, init: RequestInit = {}) =>
  fetch(`${server.url}${path}`, {
    method,
    ...init,
    headers: { authorization, ...(init.body === undefined ? {} : json), ...init.headers },
  });

describe('the server', () => {
  it('answers over HTTP, with the origin that was called', async () => {
    const accepted = await call('POST', '/api/data/v9.2/sample_Echo', {
      headers: { prefer: 'respond-async' },
      body: '{"StringValue":"ä😀"}',
    });
    expect(accepted.status).toBe(202);
    const location = accepted.headers.get('location') ?? '';
    expect(location.startsWith(`${server.url}/api/backgroundoperation/`)).toBe(true);
    await call('POST', '/simulator/clock', { body: '{"milliseconds":1}' });
    const shown: unknown = await (await call('GET', new URL(location).pathname)).json();
    expect(shown).toMatchObject({ StringValue: 'ä😀' });
  });

  it('refuses a body that is too long, announced or not', async () => {
    const announced = await call('POST', '/api/data/v9.2/sample_Echo', { body: 'x'.repeat(200_000) });
    expect([announced.status, await announced.json()]).toMatchObject([
      413,
      { error: { code: '0x80048d11' } },
    ]);
    const chunk = `${(50_000).toString(16)}\r\n${'x'.repeat(50_000)}\r\n`;
    const head = `POST /api/data/v9.2/sample_Echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    expect(await raw(`${head}${chunk.repeat(3)}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413/);
  });

  it.each([
    ['GET', '/api/data/v9.2/%zz'],
    ['GET', '/api/backgroundoperation/%E0%A4%A'],
    ['GET', '/api/backgroundoperation/'],
    ['GET', '/api/data/v9.2/backgroundoperations(%27)'],
    ['GET', '/api/data/v9.2/backgroundoperations?$filter=%00'],
    ['GET', '/api/data/v9.2/backgroundoperations?$skip=1'],
    ['GET', '/api/data/v9.2/__proto__'],
    ['GET', '/api/data/v9.2/constructor(1)'],
    ['GET', '/api/data/v8.0/WhoAmI'],
    ['PUT', '/simulator/clock'],
    ['POST', '/simulator/clock'],
    ['TRACE', '/api/data/v9.2/WhoAmI'],
  ])('refuses %s %s as Dataverse does', async (method, path) => {
    const answer = await raw(
      `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).toContain('{"error":{"code":"');
  });

  it.each([
    'Host: a b',
    'Host: x\r\nHost: y',
    'Host: localhost\r\nAuthorization: \xff\xfe',
    'Host: localhost\r\nContent-Length: -1',
    `Host: localhost\r\nX: ${'y'.repeat(100_000)}`,
    'garbage',
  ])('survives the header %j', async (header) => {
    expect(await raw(`GET /api/data/v9.2/WhoAmI HTTP/1.1\r\n${header}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 4\d\d /,
    );
    expect((await call('GET', '/api/data/v9.2/WhoAmI')).status).toBe(200);
  });

  it('survives a value that is nested too deeply', async () => {
    const deep = `${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`;
    const answer = await call('POST', '/api/data/v9.2/sample_Echo', { body: `{"EntityValue":${deep}}` });
    expect(answer.status).toBeLessThan(500);
  });

  it('takes brackets in texts for what they are, a byte order mark, and an address as a target', async () => {
    const text = `\\"${'['.repeat(1_000)}`;
    const body = `\uFEFF{"StringValue":"${text}"}`;
    expect((await call('POST', '/api/data/v9.2/sample_Echo', { body })).status).toBeLessThan(300);
    const { host } = new URL(server.url);
    const whole = `GET ${server.url}/api/data/v9.2/WhoAmI HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n`;
    expect(await raw(`${whole}Authorization: Bearer token-initiator\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('lets a query in that has as many characters as it may have', async () => {
    const filter = encodeURIComponent(`name eq '${'a'.repeat(30_000)}'`);
    const answer = await call('GET', `/api/data/v9.2/backgroundoperations?$filter=${filter}`);
    expect(answer.status).toBe(200);
  });

  it('rejects when the port is taken', async () => {
    const port = Number(new URL(server.url).port);
    await expect(startServer({}, { port })).rejects.toThrow('EADDRINUSE');
  });
});

it('records no requests where others reach it, unless that is wanted', async () => {
  const counts = [];
  for (const { knownTokens, ...options } of [
    { knownTokens: false },
    { knownTokens: true },
    { knownTokens: false, journal: 5 },
  ]) {
    const server = await startServer(options, { host: '0.0.0.0', knownTokens });
    await fetch(`${server.url.replace('0.0.0.0', '127.0.0.1')}/api/data/v9.2/WhoAmI`);
    counts.push(server.simulator.control.requests.count());
    await server.close();
  }
  expect(counts).toEqual([0, 1, 1]);
});

it('tells of every request when its answer has left: refused ones, preflights and cut ones, too', async () => {
  const told: AnsweredRequest[] = [];
  const { url, simulator, close } = await startServer({}, { onAnswered: (request) => told.push(request) });
  const authorization = 'Bearer token-initiator';
  const post = { method: 'POST', body: '{}', headers: { authorization, 'content-type': 'application/json' } };
  const api = `${url}/api/data/v9.2/sample_Echo?x=1`;
  const accepted = await fetch(api, { ...post, headers: { ...post.headers, prefer: 'respond-async' } });
  await fetch(api, { ...post, headers: { 'content-type': 'text/plain' } });
  await fetch(api, { ...post, headers: { origin: 'https://evil.example' } });
  simulator.control.faults.add({ cut: true });
  await fetch(api, post).catch(() => undefined);
  await close();
  const target = '/api/data/v9.2/sample_Echo?x=1';
  const operation = accepted.headers.get('x-ms-dyn-backgroundoperationid');
  expect(told).toMatchObject([
    { method: 'POST', target, status: 202, operation },
    { status: 415, operation: undefined },
    { status: 403 },
    { status: undefined },
  ]);
  expect(told.every(({ durationMs }) => durationMs > 0)).toBe(true);
});
