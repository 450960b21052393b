import { describe, expect, it } from 'vitest';
import type { WireAnswer, WireRequest } from '../answer.ts';
import { VirtualClock } from '../clock.ts';
import { carefulClock } from './careful-clock.ts';

const page: WireAnswer = { status: 502, headers: [['Content-Type', 'text/html']], body: '<html>' };

/** A clock behind a gateway that spoils the requests whose numbers are given, before or after they are taken. */
function behind(spoiled: Readonly<Record<number, 'before' | 'after'>>) {
  let now = 0;
  let number = 0;
  let advances = 0;
  const send = ({ method, body }: WireRequest): Promise<WireAnswer> => {
    const how = spoiled[(number += 1)];
    if (how === 'before') return Promise.resolve(page);
    if (method === 'POST') {
      advances += 1;
      now += (JSON.parse(body ?? '') as { milliseconds: number }).milliseconds;
    }
    const answer = { status: 200, headers: [], body: JSON.stringify({ now: new Date(now).toISOString() }) };
    return Promise.resolve(how === 'after' ? page : answer);
  };
  const careful = carefulClock(send, {
    note: () => undefined,
    sleep: () => Promise.resolve(),
    now: () => number * 1_000,
  });
  return { clock: new VirtualClock('http://target.test/clock', careful), advances: () => advances };
}

describe('a clock behind a gateway', () => {
  it('is moved once, whether the lost answer was one of a request that was taken or not', async () => {
    for (const how of ['before', 'after'] as const) {
      const { clock, advances } = behind({ 2: how, 4: 'before' });
      await clock.now();
      expect(await clock.advance(1_000)).toBe(1_000);
      expect(advances()).toBe(1);
    }
  });

  it('is read again', async () => {
    const { clock } = behind({ 1: 'before', 2: 'after' });
    expect(await clock.now()).toBe(0);
  });

  it('is given up where nothing else comes', async () => {
    const always = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [index + 2, 'before' as const]),
    );
    const { clock, advances } = behind(always);
    await clock.now();
    await expect(clock.advance(1_000)).rejects.toThrow('answered 502 to POST');
    expect(advances()).toBe(0);
  });
});
