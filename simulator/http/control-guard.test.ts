import { describe, expect, it } from 'vitest';
import { startServer } from '../server.ts';

describe('a control interface with a token', () => {
  it('lets in who knows it, and tells everybody that it lives', async () => {
    const server = await startServer({}, { controlToken: 'secret' });
    const status = async (path: string, authorization?: string) => {
      const headers = authorization === undefined ? {} : { authorization };
      return (await fetch(`${server.url}${path}`, { headers })).status;
    };
    for (const path of ['operations', 'clock', 'requests', 'organizations', 'nothing']) {
      expect(await status(`/simulator/${path}`)).toBe(401);
      expect(await status(`/simulator/${path}`, 'Bearer token-initiator')).toBe(401);
    }
    expect(await status('/simulator/operations', 'Bearer secret')).toBe(200);
    expect([await status('/simulator/health'), await status('/simulator/')]).toEqual([200, 200]);
    expect(await status('/api/data/v9.2/WhoAmI', 'Bearer token-initiator')).toBe(200);
    await server.close();
  });

  it('gets one where others can reach it, unless that is not wanted', async () => {
    const asked = async (controlToken?: false) => {
      const server = await startServer(
        {},
        { host: '0.0.0.0', ...(controlToken === false ? { controlToken } : {}) },
      );
      const url = `http://127.0.0.1:${new URL(server.url).port}/simulator/operations`;
      const headers = { authorization: `Bearer ${server.controlToken}` };
      const statuses = [(await fetch(url)).status, (await fetch(url, { headers })).status];
      const message = await (await fetch(url)).text();
      await server.close();
      return { statuses, message, token: server.controlToken };
    };
    const generated = await asked();
    expect(generated.token).toMatch(/^control-[0-9a-f-]{36}$/);
    expect(generated.statuses).toEqual([401, 200]);
    expect(generated.message).toContain('--no-control-token');
    expect(await asked(false)).toMatchObject({ statuses: [200, 200], token: undefined });
  });

  it('gets none where the tokens are the well-known ones, unless one is given', async () => {
    for (const [controlToken, status] of [
      [undefined, 200],
      ['secret', 401],
    ] as const) {
      const given = controlToken === undefined ? {} : { controlToken };
      const server = await startServer({}, { host: '0.0.0.0', knownTokens: true, ...given });
      const url = `http://127.0.0.1:${new URL(server.url).port}/simulator/clock`;
      expect([(await fetch(url)).status, server.controlToken]).toEqual([status, controlToken]);
      await server.close();
    }
  });

  it('needs none otherwise', async () => {
    const server = await startServer();
    expect((await fetch(`${server.url}/simulator/operations`)).status).toBe(200);
    await server.close();
  });
});
