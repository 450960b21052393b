import { expect, it } from 'vitest';
import { combination, describe, levels } from './combinations.ts';

// `selftest/situations.ts` reads these words, and may not look in here.
const pattern =
  /^attempt [1-4]: [a-z- ]+(?:, canceled [a-z ]+ by (?:DELETE|PATCH))?(?:, with a callback)?(?:, by another user)?$/;

it('is told in words that the self-test can read', () => {
  for (let number = 0; number < 60; number += 1) {
    const one = combination(levels.map((count, factor) => (number * (factor + 4)) % count));
    const words = describe(one);
    expect(words).toMatch(pattern);
    expect(words).toContain(`attempt ${one.attempt}: ${one.ending}`);
  }
});

it('cancels some attempts late, which then ask again, and some by another user', () => {
  const [outputs, message, duration] = [8, 9, 6];
  const all = [0, 1, 2, 3].flatMap((lasting) =>
    [0, 1, 2].map((other) => {
      const row = levels.map(() => 1);
      Object.assign(row, { [outputs]: other, [message]: other, [duration]: lasting });
      return combination(row);
    }),
  );
  const late = all.filter((one) => one.late);
  expect(late.length).toBeGreaterThan(0);
  for (const one of late) expect(one.attempts[one.attempt - 1]?.length).toBeGreaterThan(2);
  expect(all.some(({ canceledByOther }) => canceledByOther)).toBe(true);
});
