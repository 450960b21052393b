import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock.ts';
import type { Blame } from '../../record/outcome.ts';
import { Watch, type WatchOptions } from './watch.ts';

let now: number;
let noted: Blame[];
let time: number;

beforeEach(() => {
  now = Date.parse('2026-01-01T00:00:00.001Z');
  noted = [];
  time = 0;
});

function clock(): VirtualClock {
  return new VirtualClock('http://target.test/clock', ({ method, body }) => {
    if (method === 'POST') now += (JSON.parse(body ?? '') as { milliseconds: number }).milliseconds;
    const text = JSON.stringify({ now: new Date(now).toISOString() });
    return Promise.resolve({ status: 200, headers: [], body: text });
  });
}

/** A watch in a time of its own; `meanwhile` happens in each wait. */
function watching(options: Partial<WatchOptions> = {}, meanwhile: () => void = () => undefined): Watch {
  return new Watch({
    knows: () => Promise.resolve(true),
    waitMs: 0,
    note: (source) => void noted.push(source),
    now: () => time,
    sleep: (milliseconds) => {
      time += milliseconds;
      meanwhile();
      return Promise.resolve();
    },
    ...options,
  });
}

describe('a check on a clock that somebody else moves', () => {
  it('is interrupted although it failed only afterwards, and begun again once the clock stands still', async () => {
    const moved = clock();
    let moves = 3;
    const watch = watching({ clock: moved }, () => {
      if (moves > 0) now += 50;
      moves -= 1;
    });
    await moved.now();
    watch.begin();
    now += 60_000;
    await watch.look(false);
    expect(watch.interrupted).toMatchObject({ blame: 'neighbour', outcome: 'inconclusive' });
    expect(await watch.calm()).toBe(true);
    expect(moves).toBeLessThan(0);
    watch.begin();
    await moved.advance(1_000);
    await watch.look(false);
    expect(watch.interrupted).toBeUndefined();
    expect(noted).toEqual(['neighbour']);
  });

  it('is not begun again where the clock does not come to rest in time', async () => {
    const moved = clock();
    const watch = watching({ clock: moved, waitMs: 60_000 }, () => (now += 1));
    const waits: number[] = [];
    watch.onWait = (milliseconds) => void waits.push(milliseconds);
    await moved.now();
    watch.begin();
    now += 1;
    await watch.look(true);
    expect(watch.interrupted).toBeUndefined();
    await watch.look(false);
    expect(await watch.calm()).toBe(false);
    expect(waits).toEqual([60_000]);
    expect(time).toBeGreaterThanOrEqual(60_000);
  });
});

describe('a target that knows none of its operations any more', () => {
  const remember = (watch: Watch): void => {
    for (const path of ['/1', '/2', '/3']) watch.memory.seen(path, Date.now(), undefined);
    watch.begin();
  };

  it('has restarted: what was registered is forgotten, and the check is begun again', async () => {
    let lost = 0;
    const watch = watching({ knows: () => Promise.resolve(false) });
    watch.onLost = () => void (lost += 1);
    remember(watch);
    await watch.look(false);
    expect(watch.interrupted?.blame).toBe('restart');
    expect(await watch.calm()).toBe(true);
    expect(lost).toBe(1);
  });

  it('breaks the contract where that happens again and again, and where it knows one of them', async () => {
    const forgetful = watching({ knows: () => Promise.resolve(false) });
    for (const blame of ['restart', 'restart', undefined]) {
      remember(forgetful);
      await forgetful.look(false);
      expect(forgetful.interrupted?.blame).toBe(blame);
      await forgetful.calm();
    }
    const other = watching({ knows: (path) => Promise.resolve(path === '/2') });
    remember(other);
    await other.look(false);
    expect(other.interrupted).toBeUndefined();
  });
});

it('waits for a tunnel that is gone as long as the user wants, and begins the check again', async () => {
  let works = true;
  let rounds = 3;
  const watch = watching({ reachesListener: () => Promise.resolve(works), waitMs: 60_000 }, () => {
    works = (rounds -= 1) <= 0;
  });
  watch.begin();
  works = false;
  await Promise.resolve();
  await watch.look(false);
  expect(watch.interrupted?.blame).toBe('listener');
  expect(await watch.calm()).toBe(true);
  expect(time).toBe(900);
});

it('begins a check again that missed something behind a tunnel which loses requests', async () => {
  let round = 0;
  const watch = watching({ reachesListener: () => Promise.resolve((round += 1) % 5 !== 0) });
  for (let time = 0; time < 2; time += 1) {
    watch.begin();
    await watch.look(false);
    expect(watch.interrupted).toMatchObject({ blame: 'listener', message: expect.stringContaining('loses') });
    expect(await watch.calm()).toBe(true);
  }
});

it('finds a tunnel that loses one request in 50, and asks one that lost none only a few more times', async () => {
  let round = 0;
  let lossy = true;
  const reachesListener = () => Promise.resolve((round += 1) % 50 !== 20 || !lossy);
  const watch = watching({ reachesListener });
  watch.begin();
  await watch.look(false);
  expect(watch.interrupted).toMatchObject({ blame: 'listener', message: expect.stringContaining('loses') });
  lossy = false;
  const good = watching({ reachesListener });
  for (const most of [310, 10]) {
    good.begin();
    const before = round;
    await good.look(false);
    expect(good.interrupted).toBeUndefined();
    expect(round - before).toBeLessThan(most);
  }
});

it('begins a check again where the target was seen to lose a delivery, and each failed one from then on', async () => {
  const watch = watching();
  watch.begin();
  watch.deliveryLost();
  expect(watch.interrupted?.message).toContain('get lost');
  expect(await watch.calm()).toBe(true);
  watch.begin();
  await watch.look(true);
  expect(watch.interrupted).toBeUndefined();
  await watch.look(false);
  expect(watch.interrupted?.blame).toBe('listener');
});

it('begins a check again that heard a delivery twice, unless it passed', async () => {
  const watch = watching();
  const delivery = { method: 'POST', path: '/1', query: '', body: '{}', reply: { status: 200 } };
  for (const passed of [true, false]) {
    watch.begin();
    for (let time = 0; time < 2; time += 1) watch.repeats.heard('callback', delivery);
    await watch.look(passed);
    expect(watch.interrupted?.blame).toBe(passed ? undefined : 'network');
  }
  expect(await watch.calm()).toBe(true);
  expect(noted).toEqual([]);
  watch.begin();
  await watch.look(true);
  expect(noted).toEqual(['network']);
});

it('does not call it a disturbance where the target itself sends each delivery twice', async () => {
  const watch = watching();
  for (let number = 0; number < 4; number += 1) {
    watch.begin();
    const delivery = { method: 'POST', path: `/${number}`, query: '', body: '{}', reply: { status: 200 } };
    for (let time = 0; time < 2; time += 1) watch.repeats.heard('callback', delivery);
    await watch.look(false);
    expect(watch.interrupted?.blame).toBe(number < 2 ? 'network' : undefined);
  }
  watch.begin();
  await watch.look(true);
  expect(noted).toEqual([]);
});

it('a listener counts as gone only where it was reached before', async () => {
  for (const [first, blame] of [
    [true, 'listener'],
    [false, undefined],
  ] as const) {
    const answers = [first, false];
    const watch = watching({ reachesListener: () => Promise.resolve(answers.shift() ?? false) });
    watch.begin();
    await watch.look(false);
    expect(watch.interrupted?.blame).toBe(blame);
    if (blame !== undefined) expect(await watch.calm()).toBe(false);
  }
});
