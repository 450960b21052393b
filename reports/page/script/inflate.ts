/** Extra bits and bases of lengths and distances (RFC 1951, 3.2.5), and the order of code lengths (3.2.7). */
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceExtra = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const lengthBase = basesOf(lengthExtra, 3);
const distanceBase = basesOf(distanceExtra, 1);
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** The length of a gzip header (RFC 1952) without the optional fields, as this report writes it. */
const gzipHeader = 10;

function basesOf(extra: readonly number[], first: number): number[] {
  let base = first;
  return extra.map((bits, index) => {
    const own = extra.length === 29 && index === 28 ? 258 : base;
    base += 2 ** bits;
    return own;
  });
}

/** A Huffman code: how many codes there are of each length, and the symbols in the order of their codes. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

function codeOf(lengths: readonly number[]): Code {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const offsets = new Uint16Array(17);
  for (let length = 1; length <= 15; length += 1)
    offsets[length + 1] = (offsets[length] ?? 0) + (counts[length] ?? 0);
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    const place = offsets[length] ?? 0;
    symbols[place] = symbol;
    offsets[length] = place + 1;
  });
  return { counts, symbols };
}

/**
 * Unpacks what this report packed with gzip, without waiting: browsers unpack with streams only, and who
 * prints does not wait for these.
 */
export function gunzipNow(packed: Uint8Array): Uint8Array {
  const size = new DataView(packed.buffer, packed.byteOffset).getUint32(packed.length - 4, true);
  const out = new Uint8Array(size);
  let length = 0;
  let place = gzipHeader;
  let held = 0;
  let count = 0;
  const bits = (need: number): number => {
    while (count < need) {
      held |= (packed[place] ?? 0) << count;
      place += 1;
      count += 8;
    }
    const value = held & ((1 << need) - 1);
    held >>>= need;
    count -= need;
    return value;
  };
  const symbol = ({ counts, symbols }: Code): number => {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let width = 1; width <= 15; width += 1) {
      code |= bits(1);
      const of = counts[width] ?? 0;
      if (code - of < first) return symbols[index + code - first] ?? 0;
      index += of;
      first = (first + of) << 1;
      code <<= 1;
    }
    throw new Error('The evidence in this page is damaged.');
  };
  const block = (literals: Code, distances: Code): void => {
    for (;;) {
      const one = symbol(literals);
      if (one === 256) return;
      if (one < 256) {
        out[length] = one;
        length += 1;
        continue;
      }
      const run = (lengthBase[one - 257] ?? 0) + bits(lengthExtra[one - 257] ?? 0);
      const far = symbol(distances);
      const back = (distanceBase[far] ?? 0) + bits(distanceExtra[far] ?? 0);
      for (let index = 0; index < run; index += 1) out[length + index] = out[length + index - back] ?? 0;
      length += run;
    }
  };
  const dynamicCodes = (): [Code, Code] => {
    const [literalCount, distanceCount, codeCount] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
    const widths = new Array<number>(19).fill(0);
    for (const index of codeLengthOrder.slice(0, codeCount)) widths[index] = bits(3);
    const code = codeOf(widths);
    const lengths: number[] = [];
    while (lengths.length < literalCount + distanceCount) {
      const one = symbol(code);
      const last = lengths.at(-1) ?? 0;
      if (one < 16) lengths.push(one);
      else if (one === 16) lengths.push(...new Array<number>(3 + bits(2)).fill(last));
      else lengths.push(...new Array<number>(one === 17 ? 3 + bits(3) : 11 + bits(7)).fill(0));
    }
    return [codeOf(lengths.slice(0, literalCount)), codeOf(lengths.slice(literalCount))];
  };
  for (let last = 0; last === 0;) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) {
      held = 0;
      count = 0;
      const stored = (packed[place] ?? 0) | ((packed[place + 1] ?? 0) << 8);
      out.set(packed.subarray(place + 4, place + 4 + stored), length);
      place += 4 + stored;
      length += stored;
    } else if (kind === 1) block(...fixedCodes());
    else block(...dynamicCodes());
  }
  return out;
}

function fixedCodes(): [Code, Code] {
  const width = (symbol: number): number => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8);
  return [codeOf(Array.from({ length: 288 }, (_, one) => width(one))), codeOf(new Array<number>(30).fill(5))];
}
