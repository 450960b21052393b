import type { Operation, OperationStore, StoreOptions } from '../core/operation.ts';
import type { Condition } from '../web-api/query/condition.ts';
import type { Cursor } from './cursor.ts';
import { Deadlines } from './deadlines.ts';
import { narrow } from './narrow.ts';
import { Slots } from './slots.ts';
import { weightAdded, weightOf } from './weight.ts';

/** Slots in use below which laying out anew is not worth its while. */
const layoutMinimum = 1024;

/**
 * Operations in memory, found by id, by state, status, name and creation time, and by their expiry.
 * The layout of slots is made anew when most of them have become empty, or when an operation came
 * with an earlier sequence than the last; iterations that are under way notice and go on in the new one.
 */
export class IndexedStore implements OperationStore {
  readonly #expiresAt: StoreOptions['expiresAt'];
  readonly #changed: StoreOptions['changed'];
  #slots = new Slots();
  #deadlines = new Deadlines();
  #size = 0;
  #bytes = 0;
  /** Counts the changes: what was narrowed before a change may lack a row that matched all the time. */
  #changes = 0;

  constructor({ expiresAt, changed }: StoreOptions) {
    this.#expiresAt = expiresAt;
    this.#changed = changed;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether creation times (`createdOn`) grow with `sequence`. */
  get createdInOrder(): boolean {
    return this.#slots.createdInOrder;
  }

  get(id: string, now: number): Operation | undefined {
    const slot = this.#slots.slotOf(id);
    return slot < 0 || this.#deadlines.at(slot) <= now ? undefined : this.#slots.at(slot);
  }

  put(operation: Operation): void {
    this.#changes++;
    this.#changed?.(operation);
    const slot = this.#slots.slotOf(operation.id);
    const before = this.#slots.at(slot);
    if (before?.sequence === operation.sequence) {
      this.#slots.replace(slot, before, operation);
      this.#bytes += weightAdded(before, operation);
      this.#deadlines.set(slot, this.#expiresAt(operation));
      return;
    }
    if (before) this.#remove(slot, before);
    this.#size++;
    this.#bytes += weightOf(operation);
    if (this.#slots.accepts(operation.sequence)) this.#append(operation);
    else this.#layOut(operation);
  }

  delete(id: string): boolean {
    const slot = this.#slots.slotOf(id);
    const operation = this.#slots.at(slot);
    if (!operation) return false;
    this.#remove(slot, operation);
    this.#tidy();
    return true;
  }

  purge(now: number, atMost = Infinity): number {
    const before = this.#size;
    while (before - this.#size < atMost) {
      const slot = this.#deadlines.take(now);
      if (slot === undefined) break;
      const operation = this.#slots.at(slot);
      if (operation) this.#remove(slot, operation);
    }
    if (this.#size < before) this.#tidy();
    return before - this.#size;
  }

  *values(now: number): Generator<Operation, void> {
    for (const operation of this.search(now, undefined, false, undefined)) {
      if (operation !== undefined) yield operation;
    }
  }

  *newest(now: number, before?: number): Generator<Operation, void> {
    for (const operation of this.search(now, undefined, true, before)) {
      if (operation !== undefined) yield operation;
    }
  }

  /**
   * All that have not expired at `now` and may match a condition, in the order of `sequence` or
   * against it, after (or before) one: at least those that match. Undefined stands for a row that is none: so
   * no step takes long. Changes in the middle of the search are met; a row that matches throughout is not lost.
   */
  *search(
    now: number,
    condition: Condition<Operation> | undefined,
    descending: boolean,
    after: number | undefined,
  ): Generator<Operation | undefined, void> {
    let last = after;
    let slots: Slots | undefined;
    let changes = this.#changes;
    let cursor: Cursor = this.#slots.occupied;
    let at = -1;
    for (;;) {
      if (slots !== this.#slots || changes !== this.#changes) {
        slots = this.#slots;
        changes = this.#changes;
        cursor = (condition && narrow(condition, slots)) ?? slots.occupied;
        at = startSlot(slots, descending, last);
      }
      const slot = descending ? cursor.previous(at) : cursor.next(at);
      if (slot < 0) return;
      const operation = slots.at(slot);
      at = descending ? slot - 1 : slot + 1;
      last = slots.sequenceOf(slot) ?? last;
      yield this.#deadlines.at(slot) > now ? operation : undefined;
    }
  }

  #append(operation: Operation): void {
    this.#deadlines.set(this.#slots.append(operation), this.#expiresAt(operation));
  }

  #remove(slot: number, operation: Operation): void {
    this.#changed?.(operation);
    this.#slots.remove(slot, operation);
    this.#deadlines.set(slot, Infinity);
    this.#size--;
    this.#bytes -= weightOf(operation);
  }

  #tidy(): void {
    if (this.#slots.end > layoutMinimum && this.#size < this.#slots.end / 2) this.#layOut();
  }

  /** Fills new slots in the order of `sequence`, without gaps, with all there is and one more. */
  #layOut(extra?: Operation): void {
    const operations = [...this.values(-Infinity)];
    if (extra) {
      operations.push(extra);
      operations.sort((a, b) => a.sequence - b.sequence);
    }
    this.#slots = new Slots();
    this.#deadlines = new Deadlines();
    for (const operation of operations) this.#append(operation);
  }
}

function startSlot(slots: Slots, descending: boolean, after: number | undefined): number {
  if (descending) return (after === undefined ? slots.end : slots.fromSequence(after)) - 1;
  return after === undefined ? 0 : slots.afterSequence(after);
}
