import { describe, expect, it } from 'vitest';
import type { Kit } from '../test-kit.ts';
import { createKit } from '../test-kit.ts';
import type { FaultRule } from './faults.ts';

const callback = 'http://callback/1';

/** A kit whose sent payloads may be anything: a fault spoils them on purpose. */
function kitWith(rule: FaultRule): Kit {
  const kit = createKit({}, ({ url }) =>
    url === callback ? { status: 503, body: '' } : { outcome: 'succeed', outputs: { Text: 'x' } },
  );
  kit.simulator.control.faults.add(rule);
  return kit;
}

async function callbacks(kit: Kit, seconds = 60): Promise<string[]> {
  await kit.submit({ callback });
  await kit.simulator.clock.advance(seconds * 1_000);
  return kit.sent.filter(({ url }) => url === callback).map(({ body }) => body);
}

describe('a fault of deliveries', () => {
  it('is met by what the simulator sends, not by requests', async () => {
    const kit = kitWith({ match: { delivery: 'webhook' }, deliver: 'drop' });
    // The first, and one more after the 503.
    expect(await callbacks(kit)).toHaveLength(2);
    expect(kit.simulator.control.faults.list()).toMatchObject([{ met: 0 }]);
  });

  it('drops a delivery, which is not sent again', async () => {
    expect(await callbacks(kitWith({ match: { delivery: 'callback' }, deliver: 'drop' }))).toEqual([]);
  });

  it('sends one twice', async () => {
    const kit = kitWith({ match: { delivery: 'callback', path: 'http://callback/*' }, deliver: 'double' });
    const [first, second, ...rest] = await callbacks(kit);
    expect([second, rest.length]).toEqual([first, 1]);
  });

  it('delays one', async () => {
    const kit = kitWith({ match: { delivery: 'callback' }, delayMs: 20 });
    const from = performance.now();
    expect(await callbacks(kit)).toHaveLength(2);
    expect(performance.now() - from).toBeGreaterThan(15);
  });

  it('lets the call of the probe’s listener come to nothing: the attempt fails, and is retried', async () => {
    const kit = kitWith({ match: { delivery: 'probe' }, deliver: 'drop', times: 1 });
    const id = await kit.submit();
    await kit.advance(1);
    expect((await kit.row(id))?.backgroundoperationstatuscode).toBe(0);
    await kit.advance(30_000);
    expect(await kit.row(id)).toMatchObject({ backgroundoperationstatuscode: 30, retrycount: 1 });
  });

  it('cuts one off in the middle of its body', async () => {
    const sent: string[] = [];
    const kit = createKit({
      send: ({ body, purpose }) => {
        if (purpose === 'callback') sent.push(body);
        return Promise.resolve({ status: 200, body: '{"outcome":"succeed"}' });
      },
    });
    kit.simulator.control.faults.add({ match: { delivery: 'callback' }, deliver: 'corrupt' });
    await kit.submit({ callback });
    await kit.advance(1);
    expect(sent).toHaveLength(1);
    expect(() => JSON.parse(sent[0] ?? '') as unknown).toThrow();
    expect(sent[0]).toMatch(/^\{"/);
  });

  it.each<[string, FaultRule]>([
    ['has no "status"', { match: { delivery: 'callback' }, status: 500 }],
    ['needs "deliver" or "delayMs"', { match: { delivery: 'callback' } }],
    ['needs a match with "delivery"', { deliver: 'drop' }],
    [
      '"callback" or "webhook" or "registration" or "probe"',
      { match: { delivery: 'mail' as 'probe' }, deliver: 'drop' },
    ],
  ])('is refused with %s', (message, rule) => {
    expect(() => createKit().simulator.control.faults.add(rule)).toThrow(message);
  });
});
