import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Least } from './least.ts';

describe('Least', () => {
  it('keeps what sorting and cutting keeps', () => {
    const numbers = fc.array(fc.nat(1000), { maxLength: 600, size: 'max' });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 40 }), (items, count) => {
        const least = new Least<number>(count, (a, b) => a - b);
        for (const item of items) least.add(item);
        expect(least.take()).toEqual(items.toSorted((a, b) => a - b).slice(0, count));
      }),
    );
  });
});
