import { describe, expect, it } from 'vitest';
import type { WireAnswer, WireRequest } from '../answer.ts';
import type { Transport } from '../transport.ts';
import { AdaptiveTimeoutTransport } from './adaptive-timeout.ts';
import { NoAnswer } from './no-answer.ts';
import { SteadyTransport } from './steady.ts';

const origin = 'http://target.test';
const get = (path: string, headers: [string, string][] = []): WireRequest => ({
  method: 'GET',
  url: origin + path,
  headers: [['Authorization', 'x'], ...headers],
});
const fine: WireAnswer = { status: 200, headers: [['Content-Type', 'application/json']], body: '{}' };
const monitor = '/api/backgroundoperation/0b59a1b3-37b3-4b55-8f83-0d6a3a5d7e11';
const whoAmI = get('/api/data/v9.2/WhoAmI');

/** A target of which some requests are never answered, on a clock of its own. */
function over(drips: (request: WireRequest) => boolean) {
  let now = 0;
  const given: number[] = [];
  const inner: Transport = {
    send: (request, options) => {
      if (!drips(request)) return Promise.resolve(fine);
      const timeoutMs = options?.timeoutMs ?? Number.NaN;
      given.push(timeoutMs);
      now += timeoutMs;
      const what = `no answer came within ${timeoutMs / 1_000} s`;
      return Promise.reject(new NoAnswer('late', { what, kind: 'timeout', taken: true }));
    },
    close: () => Promise.resolve(),
  };
  const timed = new AdaptiveTimeoutTransport(inner, { now: () => now });
  const miss = (request: WireRequest): Promise<unknown> =>
    timed.send(request).catch((error: unknown) => error);
  return { timed, miss, given, now: () => now, wait: (milliseconds: number) => (now += milliseconds) };
}

describe('a kind of request that times out again and again', () => {
  it('is given less time, then most of them are not sent, and the first answer gives all of it back', async () => {
    let drips = true;
    const { timed, miss, given, wait } = over(() => drips);
    for (let turn = 0; turn < 12; turn += 1) await miss(get(monitor));
    expect(given).toEqual([30_000, 30_000, 30_000, ...Array<number>(9).fill(1_500)]);
    expect(await miss(get(monitor))).toMatchObject({
      message: expect.stringMatching(
        /it was not sent, since requests of its kind got none .* within up to 30 s$/,
      ),
      fault: { what: 'no answer came within 30 s', kind: 'timeout' },
    });
    expect(given).toHaveLength(12);
    wait(20_000);
    await miss(get(monitor));
    expect(given.at(-1)).toBe(5_000);
    wait(20_000);
    drips = false;
    expect(await timed.send(get(monitor))).toBe(fine);
    drips = true;
    await miss(get(monitor));
    expect(given.at(-1)).toBe(30_000);
  });

  it('is known by its path and its folder, but each shape is tried', async () => {
    const { miss, given } = over(() => true);
    for (let turn = 0; turn < 15; turn += 1) await miss(get(monitor));
    given.length = 0;
    await miss(get(monitor, [['Prefer', 'x']]));
    await miss(get('/api/backgroundoperation/no-guid'));
    await miss({ ...get(monitor), method: 'DELETE' });
    expect(given).toEqual([1_500, 1_500, 30_000]);
  });

  it('does not shorten the time of others beside it that are answered', async () => {
    const { timed, miss, given } = over(({ url }) => url.includes('backgroundoperations'));
    for (let turn = 0; turn < 4; turn += 1) {
      await miss(get(`/api/data/v9.2/backgroundoperations?$top=${turn}`));
      await timed.send(whoAmI);
    }
    await miss(get('/api/data/v9.2/backgroundoperations?$filter=x'));
    expect(given).toEqual([30_000, 30_000, 30_000, 1_500, 1_500]);
  });

  it('leaves a request that changes something more time than a read', async () => {
    const { miss, given } = over(() => true);
    for (let turn = 0; turn < 4; turn += 1) await miss({ ...get(monitor), method: 'DELETE' });
    expect(given.at(-1)).toBe(5_000);
  });
});

it('makes hundreds of reads of a monitor that drips cost two minutes, and the drip the target’s own', async () => {
  const { timed, given, now, wait } = over(({ url }) => url.includes('/api/backgroundoperation/'));
  const notes: string[] = [];
  const steady = new SteadyTransport(timed, () => Promise.resolve(whoAmI), {
    note: (source, message) => void notes.push(`${source}: ${message}`),
    tell: () => undefined,
    now,
    sleep: (milliseconds) => Promise.resolve(wait(milliseconds)),
  });
  for (let check = 0; check < 150; check += 1) {
    steady.begin();
    await expect(steady.send(get(monitor))).rejects.toMatchObject({ blame: undefined });
    await steady.send(whoAmI);
  }
  expect(given.length).toBeLessThan(20);
  expect(now()).toBeLessThan(120_000);
  expect(notes).toEqual([]);
});
