import type { Cursor } from './cursor.ts';

/**
 * A set of small integers as bits, with two levels above them that tell which words are not empty:
 * adding, deleting and finding the next or previous member touch a few words, however many there
 * are. A million slots take 131 KB.
 */
export class SlotSet implements Cursor {
  /** See {@link Cursor.weight}. */
  readonly weight = 1;
  #size = 0;
  /** Level 0: a bit a slot. Level 1 and 2: a bit for each word of the level below that is not 0. */
  #bits = new Uint32Array(32);
  #middle = new Uint32Array(1);
  #top = new Uint32Array(1);

  /** How many slots are in the set. */
  get size(): number {
    return this.#size;
  }

  /** Whether a slot is in the set. */
  has(slot: number): boolean {
    return ((word(this.#bits, slot >>> 5) >>> (slot & 31)) & 1) === 1;
  }

  /** Puts a slot (0 or more) in; nothing happens if it is there. */
  add(slot: number): void {
    if (this.has(slot)) return;
    if (slot >>> 5 >= this.#bits.length) this.#grow(slot);
    setBit(this.#bits, slot);
    setBit(this.#middle, slot >>> 5);
    setBit(this.#top, slot >>> 10);
    this.#size++;
  }

  /** Takes a slot out; nothing happens if it is not there. */
  delete(slot: number): void {
    if (!this.has(slot)) return;
    this.#size--;
    if (clearBit(this.#bits, slot) !== 0) return;
    if (clearBit(this.#middle, slot >>> 5) !== 0) return;
    clearBit(this.#top, slot >>> 10);
  }

  /** The first member from a slot on; -1 if there is none. */
  next(from: number): number {
    const bit = bitFrom(this.#bits, from);
    if (bit >= 0) return bit;
    let middle = bitFrom(this.#middle, (from >>> 5) + 1);
    if (middle < 0) {
      const top = scanUp(this.#top, (from >>> 10) + 1);
      if (top < 0) return -1;
      middle = bitFrom(this.#middle, top << 5);
    }
    return bitFrom(this.#bits, middle << 5);
  }

  /** The last member up to a slot, itself included; -1 if there is none. */
  previous(from: number): number {
    if (from < 0) return -1;
    const start = Math.min(from, this.#bits.length * 32 - 1);
    const bit = bitUpTo(this.#bits, start);
    if (bit >= 0) return bit;
    let middle = bitUpTo(this.#middle, (start >>> 5) - 1);
    if (middle < 0) {
      const top = scanDown(this.#top, (start >>> 10) - 1);
      if (top < 0) return -1;
      middle = bitUpTo(this.#middle, (top << 5) + 31);
    }
    return bitUpTo(this.#bits, (middle << 5) + 31);
  }

  #grow(slot: number): void {
    const words = Math.max((slot >>> 5) + 1, this.#bits.length * 2);
    this.#bits = grown(this.#bits, words);
    this.#middle = grown(this.#middle, (words + 31) >>> 5);
    this.#top = grown(this.#top, (this.#middle.length + 31) >>> 5);
  }
}

function word(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function setBit(words: Uint32Array, bit: number): void {
  words[bit >>> 5] = word(words, bit >>> 5) | (1 << (bit & 31));
}

/** Clears a bit and gives what is left of its word. */
function clearBit(words: Uint32Array, bit: number): number {
  return (words[bit >>> 5] = word(words, bit >>> 5) & ~(1 << (bit & 31)));
}

/** The first bit from `bit` on that is set in the same word; -1 if there is none. */
function bitFrom(words: Uint32Array, bit: number): number {
  const rest = word(words, bit >>> 5) & (-1 << (bit & 31));
  return rest === 0 ? -1 : (bit & ~31) + 31 - Math.clz32(rest & -rest);
}

/** The last bit up to `bit` that is set in the same word; -1 if there is none. */
function bitUpTo(words: Uint32Array, bit: number): number {
  if (bit < 0) return -1;
  const rest = word(words, bit >>> 5) & (-1 >>> (31 - (bit & 31)));
  return rest === 0 ? -1 : (bit & ~31) + 31 - Math.clz32(rest);
}

/** The first bit from `bit` on, over all words; -1 if there is none. */
function scanUp(words: Uint32Array, bit: number): number {
  const here = bitFrom(words, bit);
  if (here >= 0) return here;
  for (let index = (bit >>> 5) + 1; index < words.length; index++) {
    if (word(words, index) !== 0) return bitFrom(words, index << 5);
  }
  return -1;
}

/** The last bit up to `bit`, over all words; -1 if there is none. */
function scanDown(words: Uint32Array, bit: number): number {
  if (bit < 0) return -1;
  const here = bitUpTo(words, bit);
  if (here >= 0) return here;
  for (let index = (bit >>> 5) - 1; index >= 0; index--) {
    if (word(words, index) !== 0) return bitUpTo(words, (index << 5) + 31);
  }
  return -1;
}

function grown(words: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(words);
  return larger;
}
