import { getResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { createHandlers } from './handlers.ts';
import { createSimulator } from './simulator.ts';

const origin = 'https://contoso.crm.dynamics.com';
const authorization = 'Bearer token-initiator';

describe('createHandlers', () => {
  it('serves the simulator to MSW', async () => {
    const simulator = createSimulator();
    const handlers = createHandlers(simulator, `${origin}/`);
    const call = (method: string, path: string, body?: string, prefer = '') => {
      const init = { method, headers: { authorization, prefer }, ...(body === undefined ? {} : { body }) };
      return getResponse(handlers, new Request(`${origin}${path}`, init));
    };
    const accepted = await call(
      'POST',
      '/api/data/v9.2/sample_Echo',
      '{"StringValue":"x"}',
      'respond-async,odata.callback;url="https://r/"',
    );
    expect(accepted?.status).toBe(202);
    const { location } = (await accepted?.json()) as { location: string };
    expect(location.startsWith(`${origin}/api/backgroundoperation/`)).toBe(true);
    const monitor = await call('GET', new URL(location).pathname);
    expect(await monitor?.json()).toEqual({
      backgroundOperationStateCode: 0,
      backgroundOperationStatusCode: 0,
    });
    expect((await call('DELETE', new URL(location).pathname))?.status).toBe(200);
    const moved = await call('POST', '/simulator/clock', '{"milliseconds":10}');
    expect(await moved?.json()).toEqual({ now: '2026-01-01T00:00:00.010Z' });
    const query = `${origin}/api/data/v9.2/backgroundoperations?$filter=backgroundoperationstatuscode%20eq%2032&$select=name`;
    const rows = await getResponse(handlers, new Request(query, { headers: { authorization } }));
    expect(((await rows?.json()) as { value: unknown[] }).value).toHaveLength(1);
  });

  it('serves the control interface, and ends a connection as a network error', async () => {
    const simulator = createSimulator();
    const handlers = createHandlers(simulator, origin);
    const rule = { method: 'POST', body: '{"cut":true}' };
    const made = await getResponse(handlers, new Request(`${origin}/simulator/faults`, rule));
    expect(made?.status).toBe(201);
    const cut = await getResponse(handlers, new Request(`${origin}/api/data/v9.2/WhoAmI`));
    expect(cut?.type).toBe('error');
  });

  it('leaves other origins and paths alone', async () => {
    const handlers = createHandlers(createSimulator(), origin);
    expect(await getResponse(handlers, new Request('https://elsewhere.example/api/x'))).toBeUndefined();
    expect(await getResponse(handlers, new Request(`${origin}/main.aspx`))).toBeUndefined();
  });
});
