import { afterEach, expect, it, vi } from 'vitest';
import { imposedWait, stopwatch } from './stopwatch.ts';

let now = 0;

afterEach(() => {
  vi.restoreAllMocks();
});

it('a stopwatch does not count waits that a target imposed, at the same time or one after the other', async () => {
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const elapsed = stopwatch();
  const ends: (() => void)[] = [];
  const wait = (): Promise<void> => imposedWait(() => new Promise<void>((resolve) => ends.push(resolve)));
  const both = [wait(), wait()];
  now += 30;
  expect(elapsed()).toBe(0);
  ends.forEach((end) => {
    end();
  });
  await Promise.all(both);
  now += 30;
  expect(elapsed()).toBe(30);
  const third = wait();
  now += 30;
  ends.at(-1)?.();
  await third;
  expect(elapsed()).toBe(30);
});
