import { afterEach, describe, expect, it } from 'vitest';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function serve(
  corsOrigins: readonly string[] = [],
  controlOrigins: readonly string[] = [],
): Promise<RunningServer> {
  const server = await startServer({}, { corsOrigins, controlOrigins });
  running.push(server);
  return server;
}

const preflight = (server: RunningServer, path: string, origin: string) =>
  fetch(`${server.url}${path}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,prefer',
    },
  });

const whoAmI = '/api/data/v9.2/WhoAmI';
const local = 'http://localhost:5173';

describe('pages of other origins', () => {
  it.each([
    [local, whoAmI, [], 200],
    ['http://127.0.0.1:3000', '/api/backgroundoperation/x', [], 200],
    ['https://app.example', whoAmI, ['https://app.example/'], 200],
    ['https://app.example', whoAmI, ['any'], 200],
    ['https://app.example', whoAmI, [], 403],
    ['http://localhost.evil.example', whoAmI, [], 403],
    ['null', whoAmI, [], 403],
    [local, '/simulator/clock', [], 403],
    ['https://app.example', '/simulator/clock', ['any'], 403],
    [local, '/api/../simulator/clock', [], 403],
  ])('%s asks first for %s, with %j allowed: %s', async (origin, path, allowed, status) => {
    const answer = await preflight(await serve(allowed), path, origin);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe(status === 200 ? origin : null);
    if (status === 200)
      expect(answer.headers.get('access-control-allow-headers')).toBe('authorization,prefer');
  });

  it('read the answer and its headers where they are allowed, refusals too', async () => {
    const server = await serve();
    for (const [token, status] of [
      ['token-initiator', 200],
      ['wrong', 401],
    ] as const) {
      const answer = await fetch(`${server.url}${whoAmI}`, {
        headers: { origin: local, authorization: `Bearer ${token}` },
      });
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([status, local]);
      const exposed = answer.headers.get('access-control-expose-headers');
      for (const name of [
        'Location',
        'Preference-Applied',
        'x-ms-dyn-backgroundoperationid',
        'OData-EntityId',
      ])
        expect(exposed).toContain(name);
    }
  });

  it('use the control interface where that was allowed by name, and nothing else for it', async () => {
    const server = await serve(['https://app.example'], [local]);
    const ask = async (origin: string, path: string) => (await preflight(server, path, origin)).status;
    expect(await ask(local, '/simulator/reset')).toBe(200);
    expect(await ask('https://app.example', '/simulator/reset')).toBe(403);
    expect(await ask('http://localhost:3000', '/simulator/reset')).toBe(403);
    expect(await ask('https://app.example', '/tenant/oauth2/v2.0/token')).toBe(200);
    expect(await ask('https://evil.example', '/tenant/oauth2/v2.0/token')).toBe(403);
  });

  it('run no custom API where they are not', async () => {
    const server = await serve();
    const answer = await fetch(`${server.url}/api/data/v9.2/sample_Echo`, {
      method: 'POST',
      headers: {
        origin: 'https://evil.example',
        authorization: 'Bearer token-initiator',
        'content-type': 'application/json',
      },
      body: '{}',
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });
});
