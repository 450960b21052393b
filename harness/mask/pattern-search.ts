import { leastLength } from './patterns.ts';
import type { View } from './views.ts';

const factor = 0x01000193;
/** `factor` to the power of {@link leastLength}: what a byte that leaves the window still weighs. */
const leaving = power(leastLength);
/** So many bytes of a pattern are compared one by one; the rest of a longer one by its hash. */
const compared = 64;

interface Pattern {
  readonly bytes: Uint8Array;
  /** `factor` to the power of the length. */
  readonly weight: number;
  readonly hash: number;
}

/** The patterns of one view, by a hash of their last bytes (their beginnings are often the same). */
export class PatternSearch {
  readonly #byHash = new Map<number, Pattern[]>();
  /** Whether a pattern may have this hash; tells it for nearly all places of a text at once. */
  readonly #maybe = new Uint8Array(1 << 16);

  add(bytes: Uint8Array): void {
    const hash = hashOf(bytes.subarray(bytes.length - leastLength));
    const same = this.#byHash.get(hash) ?? [];
    this.#byHash.set(hash, same);
    same.push({ bytes, weight: power(bytes.length), hash: hashOf(bytes) });
    this.#maybe[hash >>> 16] = 1;
  }

  /**
   * Calls `found` with the parts of the view that patterns cover: one pass, with a rolling hash. What a text
   * repeats costs no more: each place is looked at once, however long the pattern is.
   */
  search({ bytes, length }: View, found: (from: number, to: number) => void): void {
    const maybe = this.#maybe;
    let sums: Int32Array | undefined;
    let first = 0;
    let end = 0;
    let hash = 0;
    for (let index = 0; index < length; index += 1) {
      hash = (Math.imul(hash, factor) + (bytes[index] ?? 0)) | 0;
      if (index >= leastLength) hash = (hash - Math.imul(leaving, bytes[index - leastLength] ?? 0)) | 0;
      if (maybe[hash >>> 16] === 0 || index < leastLength - 1) continue;
      for (const pattern of this.#byHash.get(hash) ?? []) {
        const from = index + 1 - pattern.bytes.length;
        if (from < 0 || !beginsWith(bytes, from, pattern.bytes)) continue;
        if (pattern.bytes.length > compared) {
          sums ??= sumsOf(bytes, length);
          const before = Math.imul(pattern.weight, sums[from] ?? 0);
          if ((((sums[index + 1] ?? 0) - before) | 0) !== pattern.hash) continue;
        }
        if (from > end && end > 0) {
          found(first, end);
          first = from;
        } else first = end === 0 ? from : Math.min(first, from);
        end = index + 1;
      }
    }
    if (end > 0) found(first, end);
  }
}

function beginsWith(bytes: Uint8Array, from: number, pattern: Uint8Array): boolean {
  const end = Math.min(compared, pattern.length);
  for (let index = 0; index < end; index += 1) if (bytes[from + index] !== pattern[index]) return false;
  return true;
}

function hashOf(bytes: Uint8Array): number {
  let hash = 0;
  for (const byte of bytes) hash = (Math.imul(hash, factor) + byte) | 0;
  return hash;
}

/** The hashes of everything from the beginning on: two of them give that of any part. */
function sumsOf(bytes: Uint8Array, length: number): Int32Array {
  const sums = new Int32Array(length + 1);
  for (let index = 0; index < length; index += 1)
    sums[index + 1] = (Math.imul(sums[index] ?? 0, factor) + (bytes[index] ?? 0)) | 0;
  return sums;
}

function power(exponent: number): number {
  let result = 1;
  for (let count = 0; count < exponent; count += 1) result = Math.imul(result, factor);
  return result;
}
