import { afterEach, describe, expect, it, vi } from 'vitest';
import { startActivity } from './activity.ts';
import { ClockError, createRealClock, createVirtualClock, lastInstant } from './clock.ts';
import { sideBySide } from './pace.ts';

describe('a virtual clock', () => {
  it('runs what falls due in due order, each at its own instant', async () => {
    const clock = createVirtualClock(1000);
    const seen: [string, number][] = [];
    const note = (name: string) => () => void seen.push([name, clock.now()]);
    clock.at(1030, note('third'));
    clock.at(1010, note('first'));
    clock.at(1010, note('second'));
    clock.at(1051, note('later'));
    expect(await clock.advance(50)).toBe(1050);
    expect(seen).toEqual([
      ['first', 1010],
      ['second', 1010],
      ['third', 1030],
    ]);
  });

  it('runs work that falls due meanwhile, and stands still while it waits for it', async () => {
    const clock = createVirtualClock(0);
    const seen: number[] = [];
    clock.at(1, async () => {
      await Promise.resolve();
      seen.push(clock.now());
      clock.at(1, () => void seen.push(clock.now()));
      clock.at(4, () => void seen.push(clock.now()));
    });
    clock.at(3, () => void seen.push(clock.now()));
    await clock.advance(10);
    expect(seen).toEqual([1, 1, 3, 4]);
  });

  it('runs nothing when it does not move, and nothing that was dropped', async () => {
    const clock = createVirtualClock(0);
    const work = vi.fn();
    clock.at(0, work);
    clock.at(1, work).drop();
    await clock.advance(0);
    expect(work).not.toHaveBeenCalled();
    await clock.advance(5);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('advances one after the other', async () => {
    const clock = createVirtualClock(0);
    expect(await Promise.all([clock.advance(5), clock.advance(7)])).toEqual([5, 12]);
  });
});

describe('a virtual clock under load', () => {
  it('serves what else waits while very much falls due at once, and keeps the order', async () => {
    const clock = createVirtualClock(0);
    const count = 300_000;
    let ran = 0;
    let inOrder = true;
    for (let index = 0; index < count; index += 1) {
      clock.at(1, () => {
        inOrder &&= ran === index;
        ran += 1;
        // Something to do, as a step of an operation has.
        for (let turn = 0; turn < 300; turn += 1) Math.sqrt(turn);
      });
    }
    const seen: number[] = [];
    let over = false;
    const look = () => {
      seen.push(ran);
      if (!over) setImmediate(look);
    };
    setImmediate(look);
    await clock.advance(1);
    over = true;
    expect([ran, inOrder]).toEqual([count, true]);
    expect(seen.filter((each) => each > 0 && each < count).length).toBeGreaterThan(2);
  });

  it('leaves only so many unfinished at a time', async () => {
    const clock = createVirtualClock(0);
    let [now, most] = [0, 0];
    const held: (() => void)[] = [];
    for (let index = 0; index < sideBySide * 3; index += 1) {
      clock.at(1, async () => {
        most = Math.max(most, ++now);
        // Each waits for as many as may be unfinished: on a slow machine they would end one by one.
        await new Promise<void>((resolve) => {
          if (held.push(resolve) < sideBySide) return;
          for (const release of held.splice(0)) release();
        });
        now -= 1;
      });
    }
    await clock.advance(1);
    expect([now, most]).toEqual([0, sideBySide]);
  });

  it('looks at an advance when its turn comes, and goes on after one that was refused', async () => {
    const clock = createVirtualClock(0);
    const half = Math.ceil(lastInstant / 2) + 1;
    const [first, second, third] = await Promise.allSettled([half, half, 5].map(clock.advance));
    expect(first).toEqual({ status: 'fulfilled', value: half });
    expect(second).toMatchObject({ status: 'rejected', reason: expect.any(ClockError) });
    expect(third).toEqual({ status: 'fulfilled', value: half + 5 });
    for (const wrong of [NaN, -1, 0.5, Infinity]) {
      await expect(clock.advance(wrong)).rejects.toThrow(ClockError);
    }
    expect(clock.now()).toBe(half + 5);
  });

  it('runs all other work although one of them throws, moves on, and tells the fault', async () => {
    const clock = createVirtualClock(0);
    const ran = vi.fn();
    clock.at(1, () => {
      throw new Error('a fault');
    });
    clock.at(1, () => Promise.reject(new Error('another')));
    clock.at(1, ran);
    clock.at(2, ran);
    await expect(clock.advance(5)).rejects.toThrow('a fault');
    expect(ran).toHaveBeenCalledTimes(2);
    expect(clock.now()).toBe(5);
  });
});

describe('a real clock', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs due work with one timer, and cannot be advanced', async () => {
    vi.useFakeTimers();
    const clock = createRealClock();
    const work = vi.fn();
    clock.at(Date.now() + 50, work);
    clock.at(Date.now() + 20, work);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(20);
    expect(work).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(30);
    expect(work).toHaveBeenCalledTimes(2);
    await expect(clock.advance(1)).rejects.toThrow('real clock');
    clock.at(Date.now() + 5, work);
    clock.dispose();
    vi.advanceTimersByTime(100);
    expect(work).toHaveBeenCalledTimes(2);
  });
});

describe('an activity', () => {
  it('is waited for until it pauses, and again after each pause', async () => {
    const clock = createVirtualClock(0);
    const seen: string[] = [];
    const run = async (pause: (milliseconds: number) => Promise<void>) => {
      seen.push(`a ${clock.now()}`);
      await pause(10);
      seen.push(`b ${clock.now()}`);
      await pause(10);
      seen.push(`c ${clock.now()}`);
    };
    clock.at(1, () => startActivity(clock, run).quiet);
    await clock.advance(15);
    expect(seen).toEqual(['a 1', 'b 11']);
    await clock.advance(15);
    expect(seen).toEqual(['a 1', 'b 11', 'c 21']);
  });

  it('is never continued once it was abandoned', async () => {
    const clock = createVirtualClock(0);
    const after = vi.fn();
    const activity = startActivity(clock, async (pause) => {
      await pause(10);
      after();
    });
    activity.abandon();
    await clock.advance(100);
    expect(after).not.toHaveBeenCalled();
  });
});
