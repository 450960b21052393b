import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersection, nothing, range, union } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { SlotSet } from './slot-set.ts';

function forwards(cursor: Cursor): number[] {
  const slots: number[] = [];
  for (let slot = cursor.next(0); slot >= 0; slot = cursor.next(slot + 1)) slots.push(slot);
  return slots;
}

function backwards(cursor: Cursor): number[] {
  const slots: number[] = [];
  for (let slot = cursor.previous(99); slot >= 0; slot = cursor.previous(slot - 1)) slots.push(slot);
  return slots;
}

const members = fc.array(fc.nat(99), { maxLength: 40 });

function setOf(slots: readonly number[]): SlotSet {
  const set = new SlotSet();
  for (const slot of slots) set.add(slot);
  return set;
}

describe('cursors', () => {
  it('intersect and unite both ways as sets do', () => {
    fc.assert(
      fc.property(members, members, fc.nat(99), fc.nat(99), (a, b, low, high) => {
        const all = Array.from({ length: 100 }, (_, slot) => slot);
        const inside = (slot: number): boolean => slot >= low && slot < high;
        const both = all.filter((slot) => a.includes(slot) && b.includes(slot) && inside(slot));
        const either = all.filter((slot) => a.includes(slot) || b.includes(slot) || inside(slot));
        // What an intersection gives in between is not one of its own.
        const own = (slots: number[]) => slots.filter((slot) => both.includes(slot));
        const met = intersection([setOf(a), range(low, high), setOf(b)]);
        const joined = union([setOf(a), setOf(b), range(low, high)]);
        expect(own(forwards(met))).toEqual(both);
        expect(own(backwards(met))).toEqual(both.toReversed());
        expect(forwards(joined)).toEqual(either);
        expect(backwards(joined)).toEqual(either.toReversed());
      }),
    );
  });

  it('find nothing in nothing', () => {
    expect(forwards(nothing)).toEqual([]);
    expect(backwards(nothing)).toEqual([]);
    expect(forwards(union([]))).toEqual([]);
  });

  it('ask only so many sets in one call, however long the way to the next slot is', () => {
    let asked = 0;
    const counted = (cursor: Cursor): Cursor => ({
      weight: 1,
      next: (from) => (asked++, cursor.next(from)),
      previous: (from) => (asked++, cursor.previous(from)),
    });
    const every = (parity: number) =>
      counted(setOf(Array.from({ length: 10_000 }, (_, at) => 2 * at + parity)));
    const odds = Array.from({ length: 20 }, () => every(1));
    for (const apart of [
      intersection([every(0), every(1)]),
      intersection([every(0), union(odds)]),
      intersection([every(0), intersection([every(1), intersection([every(0), union(odds)])])]),
    ]) {
      asked = 0;
      const slot = apart.next(0);
      expect(slot).toBeLessThan(100);
      expect(asked).toBeLessThanOrEqual(apart.weight);
      expect(apart.weight).toBeLessThanOrEqual(40);
      expect(apart.previous(20_000)).toBeGreaterThan(19_900);
    }
  });
});
