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
