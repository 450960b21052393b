import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestBreaking } from './search.ts';

const items = Array.from({ length: 64 }, (_, index) => index);

/** Breaks where all of these are there. */
const needs =
  (...wanted: number[]) =>
  (some: readonly number[]) =>
    Promise.resolve(wanted.every((one) => some.includes(one)));

describe('smallestBreaking', () => {
  it('names any single choice in at most 12 runs', async () => {
    for (const one of items) {
      const found = await smallestBreaking(items, needs(one));
      expect(found.items).toEqual([one]);
      expect(found.runs).toBeLessThanOrEqual(12);
    }
  });

  it('names any pair in at most 25 runs', async () => {
    for (const one of items)
      for (const other of items.slice(one + 1)) {
        const found = await smallestBreaking(items, needs(one, other));
        expect(found.items).toEqual([one, other]);
        expect(found.runs).toBeLessThanOrEqual(25);
      }
  });

  it('finds sets of any size', () =>
    fc.assert(
      fc.asyncProperty(fc.subarray(items, { minLength: 1, maxLength: 6 }), async (wanted) => {
        expect((await smallestBreaking(items, needs(...wanted))).items).toEqual(wanted);
      }),
      { seed: 1 },
    ));

  it('finds one of several that break alone', async () => {
    const found = await smallestBreaking(items, (some) =>
      Promise.resolve(some.includes(7) || some.includes(40)),
    );
    expect(found.items).toEqual([7]);
  });
});
