import { expect, it } from 'vitest';
import { comesLate } from './late-rows.ts';
import type { Target } from './target.ts';

const targetOf = (kind: string) => ({ config: { target: { kind } } }) as unknown as Target;

/** Looks for what comes after so many milliseconds; gives whether it came, and how long it was waited for. */
async function after(target: Target, milliseconds: number): Promise<[boolean, number]> {
  let now = 0;
  const clock = { pause: (wait: number) => Promise.resolve((now += wait)), elapsed: () => now };
  const came = await comesLate(target, () => Promise.resolve(now >= milliseconds), clock);
  return [came, now];
}

it('waits for what is late in real time, and remembers that it is', async () => {
  const target = targetOf('url');
  expect(await after(target, 900)).toEqual([true, 900]);
  // What is rightly missing does not make a late target punctual.
  for (let miss = 0; miss < 6; miss += 1) expect(await after(target, Infinity)).toEqual([false, 5_000]);
  expect(await after(target, 900)).toEqual([true, 900]);
});

it('sees lateness after one miss, too', async () => {
  const target = targetOf('url');
  expect(await after(target, Infinity)).toEqual([false, 5_000]);
  expect(await after(target, 900)).toEqual([true, 900]);
  expect(await after(target, 4_900)).toEqual([true, 4_900]);
});

it('does not wait any more where nothing was ever late, and never for the embedded simulator', async () => {
  const target = targetOf('url');
  const waits = [];
  for (let miss = 0; miss < 6; miss += 1) waits.push((await after(target, Infinity))[1]);
  expect(waits).toEqual([5_000, 1_000, 1_000, 1_000, 0, 0]);
  expect(await after(targetOf('simulator'), 100)).toEqual([false, 0]);
});
