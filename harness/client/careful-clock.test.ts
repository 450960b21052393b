import { describe, expect, it } from 'vitest';
import type { WireAnswer, WireRequest } from '../answer.ts';
import { VirtualClock } from '../clock.ts';
import { carefulClock } from './careful-clock.ts';
import { NoAnswer } from './no-answer.ts';

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

const foreign: WireAnswer = {
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: '{"status":"ok"}',
};

it('asks a clock again whose answer is somebody else’s, and takes it for what it is where it always is', async () => {
  for (const [bad, ends] of [
    [1, false],
    [100, true],
  ] as const) {
    let number = 0;
    const answer = { status: 200, headers: [], body: '{"now":"1970-01-01T00:00:05.000Z"}' };
    const send = (): Promise<WireAnswer> => Promise.resolve((number += 1) <= bad ? foreign : answer);
    const notes: string[] = [];
    const options = {
      note: (source: string) => void notes.push(source),
      sleep: () => Promise.resolve(),
      now: () => number * 1_000,
    };
    const clock = new VirtualClock('http://target.test/clock', carefulClock(send, options));
    if (ends) await expect(clock.now()).rejects.toThrow('answered 200 to GET, without');
    else expect(await clock.now()).toBe(5_000);
    expect(number).toBeLessThan(10);
    expect(notes).toEqual(ends ? [] : ['gateway']);
  }
});

/** A clock that answers so to the requests of a method, as often as that, once it has told the time. */
function refusing(method: string, times: number) {
  let [now, number, refused] = [0, 0, 0];
  const notes: string[] = [];
  const send = (request: WireRequest): Promise<WireAnswer> => {
    if ((number += 1) > 1 && request.method === method && (refused += 1) <= times)
      return Promise.resolve({ status: 404, headers: [], body: 'no such route' });
    if (request.method === 'POST') now += 1_000;
    return Promise.resolve({ status: 200, headers: [], body: JSON.stringify({ now: new Date(now) }) });
  };
  const careful = carefulClock(send, {
    note: (source) => void notes.push(source),
    sleep: () => Promise.resolve(),
    now: () => number * 10,
  });
  return { clock: new VirtualClock('http://target.test/clock', careful), notes, refusals: () => refused };
}

it('asks a clock that has told the time oftener, and an advance that it always refuses is no gateway’s', async () => {
  const read = refusing('GET', 6);
  await read.clock.now();
  expect(await read.clock.now()).toBe(0);
  expect(read.notes).toEqual(['gateway']);
  const moved = refusing('POST', 4);
  await moved.clock.now();
  expect(await moved.clock.advance(1_000)).toBe(1_000);
  const never = refusing('POST', 100);
  await never.clock.now();
  const ended = never.clock.advance(1_000);
  await expect(ended).rejects.toMatchObject({ blame: undefined });
  await expect(ended).rejects.toThrow('answered 404 to POST');
  expect([never.notes, never.refusals()]).toEqual([[], 6]);
});

describe('a clock behind a gateway', () => {
  it('is moved once, whether the lost answer was one of a request that was taken or not', async () => {
    for (const how of ['before', 'after'] as const) {
      const { clock, advances } = behind({ 2: how, 4: 'before' });
      await clock.now();
      expect(await clock.advance(1_000)).toBe(1_000);
      expect(advances()).toBe(1);
    }
  });

  it('does not take the end of an advance that it gave up for that of the next one', async () => {
    let now = 0;
    let passed = 0;
    let weather: 'outage' | 'refuses the next advance' | 'fair' = 'fair';
    const send = ({ method, body }: WireRequest): Promise<WireAnswer> => {
      passed += 1_000;
      if (weather === 'refuses the next advance' && method === 'POST') {
        weather = 'fair';
        return Promise.resolve(page);
      }
      if (method === 'POST') now += (JSON.parse(body ?? '') as { milliseconds: number }).milliseconds;
      const answer = { status: 200, headers: [], body: JSON.stringify({ now: new Date(now).toISOString() }) };
      return Promise.resolve(weather === 'outage' ? page : answer);
    };
    const options = { note: () => undefined, sleep: () => Promise.resolve(), now: () => passed };
    const clock = new VirtualClock('http://target.test/clock', carefulClock(send, options));
    await clock.now();
    weather = 'outage';
    await expect(clock.advance(60_000)).rejects.toThrow('gave no usable answer');
    weather = 'refuses the next advance';
    expect(await clock.advance(5)).toBe(60_005);
  });

  it('is moved once by an advance that was refused with 429 first, after the wait that was asked for', async () => {
    const waits: number[] = [];
    let now = 0;
    let refusals = 2;
    const send = ({ method }: WireRequest): Promise<WireAnswer> => {
      if (method === 'POST' && refusals > 0) {
        refusals -= 1;
        return Promise.resolve({ status: 429, headers: [['Retry-After', '2']], body: '' });
      }
      if (method === 'POST') now += 1_000;
      const body = JSON.stringify({ now: new Date(now).toISOString() });
      return Promise.resolve({ status: 200, headers: [], body });
    };
    const sleep = (milliseconds: number): Promise<void> => {
      waits.push(milliseconds);
      return Promise.resolve();
    };
    const clock = new VirtualClock(
      'http://target.test/clock',
      carefulClock(send, { sleep, now: () => 0, note: () => undefined }),
    );
    expect(await clock.advance(1_000)).toBe(1_000);
    expect(waits).toEqual([2_000, 2_000]);
  });

  it('has moved where the answer of an advance was never heard', async () => {
    let now = 0;
    const send = ({ method }: WireRequest): Promise<WireAnswer> => {
      const answer = { status: 200, headers: [], body: JSON.stringify({ now: new Date(now).toISOString() }) };
      if (method === 'GET') return Promise.resolve(answer);
      now += 1_000;
      const what = 'no answer came within 75 s';
      return Promise.reject(new NoAnswer(what, { what, kind: 'timeout', taken: true }));
    };
    const noted: string[] = [];
    const options = {
      sleep: () => Promise.resolve(),
      note: (...[, what]: [string, string]) => void noted.push(what),
    };
    const clock = new VirtualClock('http://target.test/clock', carefulClock(send, options));
    await clock.now();
    expect(await clock.advance(1_000)).toBe(1_000);
    expect(now).toBe(1_000);
    expect(noted).toEqual(['no answer came within 75 s']);
  });

  it('is moved again where an advance was never answered, and never taken', async () => {
    let now = 0;
    let time = 0;
    let lost = 1;
    const send = ({ method }: WireRequest): Promise<WireAnswer> => {
      const what = 'no answer came within 75 s';
      if (method === 'POST' && (lost -= 1) >= 0) {
        time += 75_000;
        return Promise.reject(new NoAnswer(what, { what, kind: 'timeout', taken: true }));
      }
      if (method === 'POST') now += 1_000;
      const body = JSON.stringify({ now: new Date(now).toISOString() });
      return Promise.resolve({ status: 200, headers: [], body });
    };
    const sleep = (milliseconds: number): Promise<number> => Promise.resolve((time += milliseconds));
    const careful = carefulClock(send, { sleep, now: () => time, note: () => undefined });
    const clock = new VirtualClock('http://target.test/clock', careful);
    await clock.now();
    expect(await clock.advance(1_000)).toBe(1_000);
    expect(now).toBe(1_000);
  });

  it('outlasts an outage of many answers', async () => {
    const { clock, advances } = behind(
      Object.fromEntries([...Array(12).keys()].map((n) => [n + 2, 'before'])),
    );
    await clock.now();
    expect(await clock.advance(1_000)).toBe(1_000);
    expect(advances()).toBe(1);
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
    await expect(clock.advance(1_000)).rejects.toThrow(
      expect.objectContaining({
        blame: 'gateway',
        message: expect.stringContaining('answered 502 (text/html): POST /clock') as string,
      }),
    );
    expect(advances()).toBe(0);
  });
});

it('tells of an advance that was made and never answered, and how many were answered before it', async () => {
  let now = 0;
  const send = ({ method, body }: WireRequest): Promise<WireAnswer> => {
    const milliseconds =
      method === 'POST' ? (JSON.parse(body ?? '') as { milliseconds: number }).milliseconds : 0;
    now += milliseconds;
    if (milliseconds >= 1_000)
      return Promise.reject(
        new NoAnswer('no answer', { what: 'no answer came', kind: 'timeout', taken: true }),
      );
    return Promise.resolve({ status: 200, headers: [], body: JSON.stringify({ now: new Date(now) }) });
  };
  const options = { note: () => undefined, sleep: () => Promise.resolve(), now: () => now };
  const notices: unknown[] = [];
  const clock = new VirtualClock(
    'http://target.test/clock',
    carefulClock(send, { ...options, tell: (notice) => void notices.push(notice) }),
  );
  await clock.now();
  for (const milliseconds of [1, 1, 1_000, 1_000]) await clock.advance(milliseconds);
  expect(notices).toEqual([
    { kind: 'clock-silent', answered: 2 },
    { kind: 'clock-silent', answered: 0 },
  ]);
});
