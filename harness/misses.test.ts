import { expect, it } from 'vitest';
import { untilStarted } from './drive.ts';
import { patiently } from './misses.ts';

async function given(target: object, came: boolean, what = 'start'): Promise<number> {
  let realMs = 0;
  await patiently(target, what, { ...untilStarted, realMs: 30_000 }, (patience) => {
    ({ realMs } = patience);
    return Promise.resolve(came);
  });
  return realMs;
}

it('gives less time to what did not come three times in a row, until it comes', async () => {
  const target = {};
  for (const came of [false, false, true, false, false, false])
    expect(await given(target, came)).toBe(30_000);
  expect(await given(target, false, 'another')).toBe(30_000);
  expect(await given({}, false)).toBe(30_000);
  expect(await given(target, true)).toBe(5_000);
  expect(await given(target, true)).toBe(30_000);
});
