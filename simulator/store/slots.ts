import { table } from '../../contract/vocabulary.ts';
import type { Operation } from '../core/operation.ts';
import { asComparable } from '../web-api/query/comparable.ts';
import type { Comparable } from '../web-api/query/comparable.ts';
import type { Cursor } from './cursor.ts';
import type { Indexes } from './narrow.ts';
import { SlotSet } from './slot-set.ts';
import { ValueIndex } from './value-index.ts';

/**
 * Operations in numbered slots, in the order of `sequence`, with the indexes over them. A slot that
 * was emptied stays empty; who keeps the slots lays them out anew from time to time.
 */
export class Slots implements Indexes {
  /** The slots that hold an operation. */
  readonly occupied = new SlotSet();
  readonly #byId = new Map<string, number>();
  readonly #rows: (Operation | undefined)[] = [];
  readonly #sequences: number[] = [];
  readonly #states = new ValueIndex<number>();
  readonly #statuses = new ValueIndex<number>();
  readonly #names = new ValueIndex<string>();
  #createdInOrder = true;
  #lastCreated = -Infinity;
  #lastSequence = -Infinity;
  /** The operation that was added last: it is looked up again before it is answered. */
  #lastId: string | undefined;
  /** A name as it was sent, and as the index has it. */
  #lastName = '';
  #lastFolded = '';

  get end(): number {
    return this.#rows.length;
  }

  get createdInOrder(): boolean {
    return this.#createdInOrder;
  }

  /** The operation in a slot; undefined if it is empty, or -1. */
  at(slot: number): Operation | undefined {
    // A negative index would turn the array access into a slow property look-up.
    return slot < 0 ? undefined : this.#rows[slot];
  }

  /** The sequence of the operation that a slot holds or held; undefined if the slot was never used. */
  sequenceOf(slot: number): number | undefined {
    return slot < 0 ? undefined : this.#sequences[slot];
  }

  slotOf(id: string): number {
    return id === this.#lastId ? this.#rows.length - 1 : (this.#byId.get(id) ?? -1);
  }

  /** Whether an operation of this sequence may be appended. */
  accepts(sequence: number): boolean {
    return sequence > this.#lastSequence;
  }

  /** Adds an operation of a new id and a later sequence; gives its slot. */
  append(operation: Operation): number {
    const slot = this.#rows.push(operation) - 1;
    this.#sequences.push(operation.sequence);
    this.#lastSequence = operation.sequence;
    if (operation.createdOn < this.#lastCreated) this.#createdInOrder = false;
    this.#lastCreated = operation.createdOn;
    this.#byId.set(flat(operation.id), slot);
    this.#lastId = operation.id;
    this.occupied.add(slot);
    this.#states.add(operation.state, slot);
    this.#statuses.add(operation.status, slot);
    this.#names.add(this.#folded(operation), slot);
    return slot;
  }

  /** The name of an operation as the index has it; most have the name of the one before. */
  #folded({ name }: Operation): string {
    if (name !== this.#lastName) {
      this.#lastName = name;
      this.#lastFolded = String(asComparable('string', name));
    }
    return this.#lastFolded;
  }

  /** Puts a later record of the same operation in its slot. */
  replace(slot: number, before: Operation, after: Operation): void {
    this.#rows[slot] = after;
    if (after.state !== before.state) {
      this.#states.delete(before.state, slot);
      this.#states.add(after.state, slot);
    }
    if (after.status !== before.status) {
      this.#statuses.delete(before.status, slot);
      this.#statuses.add(after.status, slot);
    }
    if (after.name !== before.name) {
      this.#names.delete(this.#folded(before), slot);
      this.#names.add(this.#folded(after), slot);
    }
    if (after.createdOn !== before.createdOn) this.#createdInOrder = false;
  }

  /** Empties a slot. */
  remove(slot: number, operation: Operation): void {
    this.#rows[slot] = undefined;
    this.#byId.delete(operation.id);
    if (operation.id === this.#lastId) this.#lastId = undefined;
    this.occupied.delete(slot);
    this.#states.delete(operation.state, slot);
    this.#statuses.delete(operation.status, slot);
    this.#names.delete(this.#folded(operation), slot);
  }

  byValue(column: string, accepts: (cell: Comparable) => boolean): Cursor | undefined {
    if (column === table.state) return this.#states.matching(accepts);
    if (column === table.status) return this.#statuses.matching(accepts);
    return column === 'name' ? this.#names.matching(accepts) : undefined;
  }

  firstPassed(passed: (operation: Operation) => boolean): number {
    return firstIndex(this.end, (slot) => {
      // An empty slot lies where its next neighbour lies.
      const operation = this.at(this.occupied.next(slot));
      return operation === undefined || passed(operation);
    });
  }

  /** The first slot of a later sequence. */
  afterSequence(sequence: number): number {
    return firstIndex(this.end, (slot) => (this.#sequences[slot] ?? 0) > sequence);
  }

  /** The first slot of this sequence or a later one. */
  fromSequence(sequence: number): number {
    return firstIndex(this.end, (slot) => (this.#sequences[slot] ?? 0) >= sequence);
  }
}

const anything = /^/;

/**
 * The same text in one piece. An id that was put together from parts is kept as a tree of them, ten
 * times its size (`randomUUID` gives such), until something reads it; matching is such a reading.
 */
function flat(text: string): string {
  anything.test(text);
  return text;
}

/** The first index below `end` that has passed a point which all later ones have passed too; `end` if none has. */
function firstIndex(end: number, passed: (index: number) => boolean): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passed(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
