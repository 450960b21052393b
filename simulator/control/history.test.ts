import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';
import { createSimulator } from '../simulator.ts';
import type { ControlDoor } from './doors.fixture.ts';
import { httpDoor, methodsDoor } from './doors.fixture.ts';

const doors = { methods: (server: RunningServer) => methodsDoor(server.simulator), http: httpDoor };

describe.each(Object.entries(doors))('operations to look at by %s', (_name, doorOf) => {
  let server: RunningServer;
  let control: ControlDoor;
  let status: number;
  beforeEach(async () => {
    status = 503;
    const probe = { status: 200, body: '{"outcome":"fail","errorCode":7,"errorMessage":"no"}' };
    server = await startServer(
      createSimulator({
        send: ({ purpose }) => Promise.resolve(purpose === 'probe' ? probe : { status, body: '' }),
      }),
    );
    control = doorOf(server);
  });
  afterEach(() => server.close());

  async function submit(): Promise<string> {
    const answer = await fetch(`${server.url}/api/data/v9.2/bgop_Probe`, {
      method: 'POST',
      body: '{"ControlUrl":"http://listener/"}',
      headers: {
        authorization: 'Bearer token-initiator',
        'content-type': 'application/json',
        prefer: 'respond-async,odata.callback;url="http://callback/?sig=secret"',
      },
    });
    return answer.headers.get('x-ms-dyn-backgroundoperationid') ?? '';
  }

  it('tell what happened, what is due, and what came of deliveries', async () => {
    const id = await submit();
    await server.simulator.clock.advance(1);
    const retried = await control.operation(id);
    expect(retried).toMatchObject({
      turn: '2026-01-01T00:00:30.001Z',
      inputs: { ControlUrl: 'http://listener/' },
    });
    expect(retried?.history.map(({ what }) => what)).toEqual([
      'accepted',
      'attempt 1 started',
      'attempt 1 failed: no',
      'retry due at 2026-01-01T00:00:30.001Z',
    ]);
    await control.fail(id);
    await server.simulator.sent();
    const failed = await control.operation(id);
    expect(failed?.deliveries).toEqual([{ kind: 'callback', delivery: 2, at: expect.any(String) as string }]);
    status = 204;
    await server.simulator.clock.advance(60_000);
    const { history = [], deliveries } = (await control.operation(id)) ?? {};
    expect(deliveries).toEqual([]);
    expect(history.slice(-2)).toMatchObject([
      { what: 'callback to http://callback answered 503' },
      { what: 'callback to http://callback answered 204 (delivery 2)', at: '2026-01-01T00:00:05.001Z' },
    ]);
  });

  it('are canceled as their initiator would, once', async () => {
    const id = await submit();
    expect(await control.cancel(id)).toMatchObject({ canceled: true, status: 22 });
    await server.simulator.clock.advance(1);
    expect(await control.operation(id)).toMatchObject({ status: 32 });
    await expect(control.cancel(id)).rejects.toThrow('has ended already');
    await expect(control.cancel(crypto.randomUUID())).rejects.toMatchObject({ status: 404 });
  });

  it('are listed newest first, page by page', async () => {
    for (let each = 0; each < 5; each += 1) await control.seed({ name: 'sample_Echo' });
    const sequences = async (before?: number) =>
      (
        await control.operations({ order: 'newest', limit: 2, ...(before === undefined ? {} : { before }) })
      ).map(({ sequence }) => sequence);
    expect([await sequences(), await sequences(4), await sequences(2), await sequences(1)]).toEqual([
      [5, 4],
      [3, 2],
      [1],
      [],
    ]);
    await expect(control.operations({ order: 'wrong' } as object)).rejects.toThrow('"oldest" or "newest"');
  });
});
