import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunningServer, ServerOptions } from './server.ts';
import { startServer } from './server.ts';

const running: RunningServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function serve(
  options: ServerOptions = {},
  clock: 'virtual' | 'real' = 'virtual',
): Promise<RunningServer> {
  const server = await startServer({ clock }, { graceMs: 2_000, ...options });
  running.push(server);
  return server;
}

/** Sends a request as written; the status of its answer, and whether the connection was ended. */
function raw(
  server: RunningServer,
  head: readonly string[],
  body = '',
): Promise<{ status: number; closed: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let text = '';
    const end = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ status: Number(text.split(' ')[1] ?? 0), closed });
    };
    let timer = setTimeout(end, 8_000, false);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      clearTimeout(timer);
      timer = setTimeout(end, 2_500, false);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      end(true);
    });
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}

const move = '{"milliseconds":5}';
const advance = (...fields: string[]) => [
  'POST /simulator/clock HTTP/1.1',
  `Content-Length: ${move.length}`,
  ...(fields.some((field) => field.startsWith('Host')) ? [] : ['Host: localhost']),
  ...(fields.some((field) => field.startsWith('Content-Type')) ? [] : ['Content-Type: application/json']),
  ...fields,
];

describe('the door of the server', () => {
  it.each<[number, ...string[]]>([
    [403, 'Host: evil.example'],
    [403, 'Host: evil.example', 'Origin: http://evil.example'],
    [403, 'Origin: https://evil.example'],
    [403, 'Origin: null'],
    [403, 'Sec-Fetch-Site: same-site'],
    [415, 'Content-Type: text/plain'],
    [415, 'Content-Type: text/plain;application/json'],
    [415, 'Content-Type: application/jsonp'],
    [415, 'Content-Encoding: gzip'],
  ])('answers %s for an advance with %s', async (status: number, ...fields: string[]) => {
    const server = await serve();
    const before = server.simulator.clock.now();
    expect((await raw(server, advance(...fields), move)).status).toBe(status);
    expect(server.simulator.clock.now()).toBe(before);
  });

  it('lets in what clients send: parameters of the type, its own origin, no body, an allowed name', async () => {
    const server = await serve({ allowedHosts: ['sim.test'] });
    const { host } = new URL(server.url);
    for (const field of [
      'Content-Type: application/json; charset=utf-8',
      'Content-Type: Application/JSON;odata.metadata=minimal;IEEE754Compatible=true',
      'Host: sim.test:99',
    ]) {
      expect((await raw(server, [...advance(field), 'Connection: close'], move)).status).toBe(200);
    }
    const own = [`Host: ${host}`, `Origin: http://${host}`, 'Connection: close'];
    expect((await raw(server, advance(...own), move)).status).toBe(200);
    const bodiless = [
      'POST /api/data/v9.2/sample_CleanupExportedDataAnnotations HTTP/1.1',
      'Host: localhost',
    ];
    const token = ['Authorization: Bearer token-initiator', 'Content-Length: 0', 'Connection: close'];
    expect((await raw(server, [...bodiless, ...token])).status).toBe(204);
  });

  it('cuts a body that is too long, and one that never ends', async () => {
    const server = await serve({ bodyLimit: 1000, requestTimeoutMs: 400, headersTimeoutMs: 300 });
    const head = [
      'POST /api/data/v9.2/sample_Echo HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
    ];
    expect(await raw(server, [...head, 'Content-Length: 100000'], 'x'.repeat(50))).toEqual({
      status: 413,
      closed: true,
    });
    const chunk = `3e8\r\n${'x'.repeat(1000)}\r\n`;
    expect(await raw(server, [...head, 'Transfer-Encoding: chunked'], chunk.repeat(3))).toEqual({
      status: 413,
      closed: true,
    });
    expect(await raw(server, [...head, 'Content-Length: 100'], 'half')).toEqual({
      status: 408,
      closed: true,
    });
  });

  it('generates tokens where others can reach it, keeps the known ones when told to', async () => {
    const open = await serve({ host: '0.0.0.0' });
    const [initiator] = open.users;
    expect(initiator?.token).toMatch(/^token-initiator-[0-9a-f-]{36}$/);
    const whoAmI = async (token = '') => {
      const { port } = new URL(open.url);
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`http://127.0.0.1:${port}/api/data/v9.2/WhoAmI`, { headers })).status;
    };
    expect([await whoAmI('token-initiator'), await whoAmI(initiator?.token)]).toEqual([401, 200]);
    expect((await serve({ host: '0.0.0.0', knownTokens: true })).users[0]?.token).toBe('token-initiator');
    expect((await serve()).users[0]?.token).toBe('token-initiator');
  });

  it('finishes answers and deliveries in flight when it is closed, and takes nothing more', async () => {
    const waiting: (() => void)[] = [];
    const receiver = createServer((request, response) => {
      request.resume();
      waiting.push(() => response.end('{"outcome":"succeed"}'));
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const control = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const server = await serve({}, 'real');
    const call = (prefer?: string) =>
      fetch(`${server.url}/api/data/v9.2/bgop_Probe`, {
        method: 'POST',
        headers: {
          authorization: 'Bearer token-initiator',
          'content-type': 'application/json',
          ...(prefer === undefined ? {} : { prefer }),
        },
        body: JSON.stringify({ ControlUrl: control }),
      });
    const reached = async (count: number) => {
      const deadline = performance.now() + 5_000;
      while (waiting.length < count && performance.now() < deadline)
        await new Promise((go) => setTimeout(go, 5));
      expect(waiting.length).toBe(count);
    };
    const answers = [call(), call(), call(), call()];
    await reached(4);
    const closed = server.close();
    await expect(fetch(`${server.url}/simulator/health`)).rejects.toThrow();
    for (const answer of waiting) answer();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await closed;
    receiver.closeAllConnections();
    receiver.close();
  });

  it('does not call what it may not call, and the attempt fails with the way out', async () => {
    const server = await serve({ callbackHosts: ['public'] });
    const call = fetch(`${server.url}/api/data/v9.2/bgop_Probe`, {
      method: 'POST',
      headers: { authorization: 'Bearer token-initiator', 'content-type': 'application/json' },
      body: JSON.stringify({ ControlUrl: 'http://2130706433:1/' }),
    });
    expect(await (await call).text()).toContain('--callback-hosts');
  });
});
