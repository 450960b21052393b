import { expect, it } from 'vitest';
import { SilentClock } from './silent-clock.ts';

it('ends a run whose clock does not answer to one advance after another, in whatever worker', () => {
  const clock = new SilentClock();
  expect([4, 0].map((answered) => clock.heard(answered))).toEqual([undefined, undefined]);
  expect(clock.heard(1)).toMatch(/did not answer, 3 times in a row/);
});

it('lets an answer be lost now and then', () => {
  const clock = new SilentClock();
  expect([300, 40, 2, 20, 2].map((answered) => clock.heard(answered))).toEqual(Array(5).fill(undefined));
});
