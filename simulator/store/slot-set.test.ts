import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotSet } from './slot-set.ts';

const slot = fc.oneof(fc.nat(70), fc.nat(5000), fc.constantFrom(31, 32, 1023, 1024, 32_767, 32_768, 100_000));

describe('SlotSet', () => {
  it('agrees with a plain set after any additions and deletions', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), slot)), fc.array(slot), (changes, probes) => {
        const set = new SlotSet();
        const plain = new Set<number>();
        for (const [add, value] of changes) {
          if (add) {
            set.add(value);
            plain.add(value);
          } else {
            set.delete(value);
            plain.delete(value);
          }
        }
        const sorted = [...plain].sort((a, b) => a - b);
        expect(set.size).toBe(plain.size);
        for (const probe of [...probes, ...plain, 0, 200_000]) {
          expect(set.has(probe)).toBe(plain.has(probe));
          expect(set.next(probe)).toBe(sorted.find((value) => value >= probe) ?? -1);
          expect(set.previous(probe)).toBe(sorted.findLast((value) => value <= probe) ?? -1);
        }
        expect(set.previous(-1)).toBe(-1);
      }),
    );
  });
});
