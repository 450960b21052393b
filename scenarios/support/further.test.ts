import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TargetClock } from '../../harness/clock.ts';
import type { Operation } from '../../harness/operation.ts';
import { MeasuredRetries, type RetryTimes } from '../../harness/pace.ts';
import { NotTestable, Undecided } from '../../harness/test.ts';
import { noneCome } from './further.ts';

// Time is faked: a pause moves the clock that deadlines are measured with, and nobody waits.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const clock: TargetClock = {
  virtual: false,
  now: () => Promise.resolve(Date.now()),
  advance: (milliseconds) => {
    vi.advanceTimersByTime(milliseconds);
    return Promise.resolve(Date.now());
  },
  pass: (milliseconds) => clock.advance(milliseconds),
  pause: (milliseconds) => {
    vi.advanceTimersByTime(milliseconds);
    return Promise.resolve();
  },
};

const target = (waitMs: number, slow = false): Parameters<typeof noneCome>[0] =>
  ({
    clock,
    config: { polling: { firstMs: 50, factor: 1.5, maxMs: 500 } },
    offers: { waitMs, slow },
  }) as unknown as Parameters<typeof noneCome>[0];

/** An operation whose attempts began at these milliseconds, each of one call. */
function operation(began: number[], { state = 3, times }: { state?: number; times?: RetryTimes } = {}) {
  const attempts = began.map((arrivedAt) => ({ calls: [{ time: Number.NaN, arrivedAt }] }));
  const one = {
    attempts,
    monitor: () => Promise.resolve({ state, status: state === 3 ? 30 : 20 }),
    parts: {
      play: { attempts },
      patience: { steps: [1], virtualMs: 1, realMs: 5_000 },
      pace: times === undefined ? undefined : new MeasuredRetries(() => Promise.resolve(times)),
    },
  };
  return { one: one as unknown as Operation, attempts };
}

/** Milliseconds that something takes. */
async function taken(wait: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await wait();
  return Math.round(performance.now() - began);
}

describe('a further attempt in real time', () => {
  it('is waited for as long as the next wait was measured, a quarter more and a second', async () => {
    const times = { waits: [1_000, 4_000, 16_000], ended: true, watchedMs: 22_000 };
    const { one } = operation([0, 1_000], { times });
    expect(await taken(() => noneCome(target(30_000), one, 2))).toBe(4_000 * 1.25 + 1_000);
  });

  it('is waited for as the waits have grown, where nothing was measured', async () => {
    const { one } = operation([0, 2_000, 6_000]);
    expect(await taken(() => noneCome(target(30_000), one, 3))).toBe(8_000 * 1.25 + 1_000);
  });

  it('is waited for no longer than a minute, and two seconds at least', async () => {
    const times = { waits: [60_000, 240_000, 600_000], ended: true, watchedMs: 900_000 };
    expect(await taken(() => noneCome(target(0, true), operation([0], { times }).one, 1))).toBe(60_000);
    expect(await taken(() => noneCome(target(0), operation([0]).one, 1))).toBe(2_000);
  });

  it('ends the wait when it comes', async () => {
    const { one, attempts } = operation([0, 2_000]);
    const paused = vi.spyOn(clock, 'pause').mockImplementation((milliseconds) => {
      vi.advanceTimersByTime(milliseconds);
      if (performance.now() > 500) attempts.push({ calls: [{ time: Number.NaN, arrivedAt: 0 }] });
      return Promise.resolve();
    });
    expect(await taken(() => noneCome(target(30_000), one, 2))).toBeLessThan(1_500);
    paused.mockRestore();
  });

  it('is not judged where it may come later than a check may wait', async () => {
    const times = { waits: [20_000, 80_000], ended: false, watchedMs: 100_001 };
    await expect(noneCome(target(30_000), operation([0, 20_000], { times }).one, 2)).rejects.toThrow(
      new NotTestable(
        'needs a virtual clock, --slow, or a budget.waitMs of 60 s at least: a retry may take that long',
      ),
    );
    const unknown = { waits: [], ended: false, watchedMs: 30_000 };
    await expect(noneCome(target(30_000), operation([0], { times: unknown }).one, 1)).rejects.toThrow(
      NotTestable,
    );
  });

  it('is undecided of an operation that is not at rest', async () => {
    await expect(noneCome(target(30_000), operation([0], { state: 2 }).one, 1)).rejects.toThrow(Undecided);
  });
});
