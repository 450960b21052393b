import { expect, it } from 'vitest';
import { latenessMs, watchLateness } from './lateness.ts';

/** Lets the event loop turn until something was measured. */
async function turns(): Promise<void> {
  const deadline = performance.now() + 5_000;
  const before = latenessMs();
  while (latenessMs() === before && performance.now() < deadline)
    await new Promise<void>((resolve) => void setImmediate(resolve));
}

it('tells by how much a process that was kept busy came late, and forgets it when asked anew', async () => {
  watchLateness();
  await turns();
  const busyMs = 150;
  const until = performance.now() + busyMs;
  while (performance.now() < until);
  await turns();
  expect(latenessMs()).toBeGreaterThan(busyMs / 2);
  watchLateness();
  expect(latenessMs()).toBe(0);
});
