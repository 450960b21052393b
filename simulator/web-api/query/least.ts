/**
 * Keeps the least few of many items: `add` all, then `take`. Memory stays within a small multiple of
 * `count`; an item that cannot be among them any more costs one comparison.
 */
export class Least<T> {
  readonly #count: number;
  readonly #compare: (a: T, b: T) => number;
  #items: T[] = [];
  #worst: T | undefined;

  constructor(count: number, compare: (a: T, b: T) => number) {
    this.#count = count;
    this.#compare = compare;
  }

  /** Offers an item. */
  add(item: T): void {
    if (this.#worst !== undefined && this.#compare(item, this.#worst) >= 0) return;
    this.#items.push(item);
    if (this.#items.length >= 2 * this.#count + 64) this.#cut();
  }

  /** The least items, in order. */
  take(): readonly T[] {
    this.#cut();
    return this.#items;
  }

  #cut(): void {
    this.#items.sort(this.#compare);
    this.#items = this.#items.slice(0, this.#count);
    if (this.#items.length === this.#count) this.#worst = this.#items.at(-1);
  }
}
