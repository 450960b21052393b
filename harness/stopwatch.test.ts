import { expect, it } from 'vitest';
import { imposedWait, stopwatch } from './stopwatch.ts';

/** Passes real time without sleeping. */
function work(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

it('a stopwatch does not count waits that a target imposed, at the same time or one after the other', async () => {
  const elapsed = stopwatch();
  const ends: (() => void)[] = [];
  const wait = (): Promise<void> => imposedWait(() => new Promise<void>((resolve) => ends.push(resolve)));
  const both = [wait(), wait()];
  work(30);
  expect(elapsed()).toBeLessThan(20);
  ends.forEach((end) => {
    end();
  });
  await Promise.all(both);
  work(30);
  expect(elapsed()).toBeGreaterThanOrEqual(30);
  expect(elapsed()).toBeLessThan(55);
});
