import { beforeEach, describe, expect, it } from 'vitest';
import type { WireAnswer } from './answer.ts';
import { VirtualClock } from './clock.ts';
import { TransportError } from './verdict.ts';
import { ClockWatch } from './watch/clock-watch.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
let time: number;
let watch: ClockWatch;
let clock: VirtualClock;
/** Called with the method of each request; what it throws is what the request ends with. */
let meanwhile: (method: string) => void | Promise<void>;

const told = (now: number): WireAnswer => ({
  status: 200,
  headers: [],
  body: JSON.stringify({ now: new Date(now).toISOString() }),
});

beforeEach(() => {
  time = start;
  meanwhile = () => undefined;
  clock = new VirtualClock('http://target.example/simulator/clock', async ({ method, body = '' }) => {
    if (method === 'POST') time += (JSON.parse(body) as { milliseconds: number }).milliseconds;
    const answer = told(time);
    await meanwhile(method);
    return answer;
  });
  watch = new ClockWatch();
  watch.begin();
  clock.watch = watch;
});

describe('a virtual clock', () => {
  it('shows its token, and says what to do where it has none and needs one', async () => {
    const shown: (string | undefined)[] = [];
    const guarded = (authorization?: string) =>
      new VirtualClock(
        'http://target.example/simulator/clock',
        ({ headers }) => {
          const sent = headers.find(([name]) => name === 'Authorization')?.[1];
          shown.push(sent);
          return Promise.resolve(
            sent === 'Bearer of-test' ? told(start) : { status: 401, headers: [], body: '{}' },
          );
        },
        authorization,
      );
    await guarded('Bearer of-test').now();
    await guarded('Bearer of-test').advance(1);
    expect(shown).toEqual(['Bearer of-test', 'Bearer of-test']);
    await expect(guarded().now()).rejects.toThrow('target.clock.tokenEnv');
  });

  it('is not thought to be moved by somebody else after an advance that was taken but not answered', async () => {
    await clock.advance(10);
    meanwhile = () => {
      throw new TransportError('the connection was cut');
    };
    await expect(clock.advance(60_000)).rejects.toThrow('cut');
    meanwhile = () => undefined;
    await clock.now();
    await clock.advance(5);
    expect(watch.oddity).toBeUndefined();
  });

  it('is not thought to go back where an answer from before an advance arrives after it', async () => {
    await clock.now();
    meanwhile = async (method) => {
      if (method === 'GET') await clock.advance(1_500);
    };
    await clock.now();
    expect(watch.oddity).toBeUndefined();
    time += 7;
    meanwhile = () => undefined;
    await clock.now();
    expect(watch.oddity?.source).toBe('neighbour');
  });

  it('is moved once for all who let time pass together, as far as the longest of them needs', async () => {
    let moves = 0;
    meanwhile = (method) => {
      if (method === 'POST') moves += 1;
    };
    const together = await Promise.all([clock.pass(2), clock.pass(1_000), clock.pass(30)]);
    expect([moves, ...together]).toEqual([1, start + 1_000, start + 1_000, start + 1_000]);
    // Whoever comes while it moves has not seen that time pass.
    const first = clock.pass(10);
    await Promise.resolve();
    await Promise.resolve();
    const second = clock.pass(10);
    expect([await first, await second]).toEqual([start + 1_010, start + 1_020]);
  });

  it('is moved by as much as each says who needs to know where it stands', async () => {
    expect(await Promise.all([clock.advance(10), clock.advance(10), clock.pass(5)])).toEqual([
      start + 10,
      start + 20,
      start + 25,
    ]);
  });
});
