import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../scenarios/support/random.ts';
import { coveringArray } from './covering-array.ts';

const levels = [4, 3, 2, 2, 3];

describe('coveringArray', () => {
  it('covers every pair, and every triple of the first factors', () => {
    const { rows, coverage } = coveringArray({ levels, triplesOf: 3, most: 200, random: randomNumbers(1) });
    expect(coverage.covered).toBe(coverage.of);
    for (let one = 0; one < levels.length; one += 1)
      for (let two = one + 1; two < levels.length; two += 1)
        expect(new Set(rows.map((row) => `${row[one]} ${row[two]}`)).size).toBe(
          (levels[one] ?? 0) * (levels[two] ?? 0),
        );
    expect(new Set(rows.map((row) => row.slice(0, 3).join())).size).toBe(24);
  });

  it('gives no more rows than wanted, and says what they leave out', () => {
    const { rows, coverage } = coveringArray({ levels, triplesOf: 3, most: 5, random: randomNumbers(1) });
    expect(rows).toHaveLength(5);
    expect(coverage.covered).toBeLessThan(coverage.of);
  });

  it('gives levels that the factors have', () => {
    const { rows } = coveringArray({ levels, triplesOf: 0, most: 200, random: randomNumbers(7) });
    for (const row of rows) row.forEach((level, factor) => expect(level).toBeLessThan(levels[factor] ?? 0));
  });

  it('is the same for the same seed', () => {
    const make = () => coveringArray({ levels, triplesOf: 2, most: 30, random: randomNumbers(3) }).rows;
    expect(make()).toEqual(make());
  });
});
