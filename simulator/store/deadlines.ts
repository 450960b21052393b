/**
 * Which slots fall due when. A slot's moment may move at any time: later costs nothing at once (it
 * is queued again when its old moment comes), earlier queues it a second time. So there is about one
 * entry a slot, and an entry is 16 bytes.
 */
export class Deadlines {
  /** The moment of each slot; Infinity for none. */
  readonly #due: number[] = [];
  /** The earliest moment that a slot is queued for. */
  readonly #queued: number[] = [];
  /** A binary heap in two columns, the least moment first. */
  readonly #moments: number[] = [];
  readonly #slots: number[] = [];

  /** The moment of a slot. */
  at(slot: number): number {
    return this.#due[slot] ?? Infinity;
  }

  /** Sets the moment of a slot; a new slot must be the next after the last. */
  set(slot: number, moment: number): void {
    const queued = this.#queued[slot] ?? Infinity;
    this.#due[slot] = moment;
    if (moment < queued) this.#push(slot, moment);
    else this.#queued[slot] = queued;
  }

  /** Takes out a slot that is due; undefined if none is. */
  take(now: number): number | undefined {
    for (;;) {
      const moment = this.#moments[0];
      const slot = this.#slots[0];
      if (moment === undefined || slot === undefined || moment > now) return undefined;
      this.#pop();
      if (moment !== this.#queued[slot]) continue;
      this.#queued[slot] = Infinity;
      const due = this.at(slot);
      if (due <= now) {
        this.#due[slot] = Infinity;
        return slot;
      }
      if (due < Infinity) this.#push(slot, due);
    }
  }

  #push(slot: number, moment: number): void {
    this.#queued[slot] = moment;
    const moments = this.#moments;
    const slots = this.#slots;
    let at = moments.push(moment) - 1;
    slots.push(slot);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = moments[parent] as number;
      if (above <= moment) break;
      moments[at] = above;
      slots[at] = slots[parent] as number;
      at = parent;
    }
    moments[at] = moment;
    slots[at] = slot;
  }

  #pop(): void {
    const moments = this.#moments;
    const slots = this.#slots;
    const moment = moments.pop() as number;
    const slot = slots.pop() as number;
    const length = moments.length;
    if (length === 0) return;
    let at = 0;
    for (let child = 1; child < length; child = 2 * at + 1) {
      if (child + 1 < length && (moments[child + 1] as number) < (moments[child] as number)) child++;
      if ((moments[child] as number) >= moment) break;
      moments[at] = moments[child] as number;
      slots[at] = slots[child] as number;
      at = child;
    }
    moments[at] = moment;
    slots[at] = slot;
  }
}
