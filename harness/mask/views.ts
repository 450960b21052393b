import { byteFlag, type Decoded } from './escapes.ts';

/** What is left of a text when everything is dropped that encodings add or change; one byte a character. */
export interface View {
  readonly bytes: Uint8Array;
  /** For each byte the index of the code that it is made of. */
  readonly origins: Uint32Array;
  readonly length: number;
}

/** The ways to look at a text in which secrets are searched. */
export type ViewName = 'plain' | 'base64' | 'bytes';

/**
 * Tables from a character of ASCII to the byte of the view; 0 drops it. What is no ASCII is dropped as
 * well: it looks different in every encoding, and what stays of a secret is enough to find it.
 */
const tables: Readonly<Record<'plain' | 'base64', Uint8Array>> = {
  // Printable, without regard to case. Without spaces, and + as forms write them; without NUL, which
  // UTF-16 puts between; without line breaks, which mail puts anywhere.
  plain: table((code) => (code <= 0x20 || code === 0x7f || code === 0x2b ? 0 : lower(code))),
  // With regard to case; the alphabet for addresses like the usual one; without line breaks.
  base64: table((code) => {
    if (code <= 0x20 || code === 0x7f) return 0;
    return code === 0x2d ? 0x2b : code === 0x5f ? 0x2f : code;
  }),
};

function table(byteOf: (code: number) => number): Uint8Array {
  return Uint8Array.from({ length: 0x80 }, (_, code) => byteOf(code));
}

function lower(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}

/** A decoded text as one of its views. */
export function viewOf(text: Decoded, name: ViewName): View {
  if (name === 'bytes') return bytesOf(text);
  const { codes, length } = text;
  const kept = tables[name];
  const bytes = new Uint8Array(length);
  const origins = new Uint32Array(length);
  let to = 0;
  for (let index = 0; index < length; index += 1) {
    const code = codes[index] ?? 0;
    const value = code < 0x80 ? (kept[code] ?? 0) : 0;
    if (value === 0) continue;
    bytes[to] = value;
    origins[to] = index;
    to += 1;
  }
  return { bytes, origins, length: to };
}

/** Characters without width, which somebody may have put between others. */
const invisible = new Set([0xad, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2060, 0xfeff]);

/** Everything that can be seen as UTF-8, for secrets of which the other views keep too little. */
function bytesOf({ codes, length }: Decoded): View {
  const bytes = new Uint8Array(length * 4);
  const origins = new Uint32Array(length * 4);
  let to = 0;
  const put = (value: number, origin: number): void => {
    bytes[to] = value;
    origins[to] = origin;
    to += 1;
  };
  for (let index = 0; index < length; index += 1) {
    const at = index;
    let code = codes[index] ?? 0;
    if (code < 0x20 || code === 0x7f || invisible.has(code)) continue;
    if (code >= byteFlag || code < 0x80) {
      put(code & 0xff, at);
      continue;
    }
    const low = codes[index + 1] ?? 0;
    if (code >= 0xd800 && code < 0xdc00 && index + 1 < length && low >= 0xdc00 && low < 0xe000) {
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      index += 1;
    }
    if (code < 0x800) put(0xc0 | (code >> 6), at);
    else {
      if (code < 0x10000) put(0xe0 | (code >> 12), at);
      else {
        put(0xf0 | (code >> 18), at);
        put(0x80 | ((code >> 12) & 0x3f), at);
      }
      put(0x80 | ((code >> 6) & 0x3f), at);
    }
    // The last byte belongs to the last unit, so that a match covers the whole character.
    put(0x80 | (code & 0x3f), index);
  }
  return { bytes, origins, length: to };
}
