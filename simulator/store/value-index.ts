import type { Cursor } from './cursor.ts';
import { union } from './cursor.ts';
import { SlotSet } from './slot-set.ts';

/** Values with a set of their own; rows with any further value share one, so that memory is bounded. */
const valueLimit = 512;

/**
 * For a column of few different values: the slots of each. Any condition on that column alone is
 * then a union of sets: those whose value it accepts.
 */
export class ValueIndex<V extends string | number> {
  readonly #sets = new Map<V, SlotSet>();
  readonly #others = new SlotSet();

  /** Notes that the row at a slot has a value. */
  add(value: V, slot: number): void {
    this.#setOf(value).add(slot);
  }

  /** Forgets it. */
  delete(value: V, slot: number): void {
    this.#setOf(value).delete(slot);
  }

  /** The slots whose value is accepted, and those whose value is not known here. */
  matching(accepts: (value: V) => boolean): Cursor {
    const cursors: Cursor[] = this.#others.size > 0 ? [this.#others] : [];
    for (const [value, set] of this.#sets) {
      if (set.size > 0 && accepts(value)) cursors.push(set);
    }
    return union(cursors);
  }

  #setOf(value: V): SlotSet {
    const known = this.#sets.get(value);
    if (known) return known;
    if (this.#sets.size >= valueLimit) return this.#others;
    const set = new SlotSet();
    this.#sets.set(value, set);
    return set;
  }
}
