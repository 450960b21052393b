/** A text as code points, each with the place in the text where it begins; decoded in place. */
export interface Decoded {
  /** Code points; a byte of an escape that is no ASCII carries {@link byteFlag}. */
  readonly codes: Uint32Array;
  /** Where each begins; one more than there are codes, for the end. */
  readonly starts: Uint32Array;
  length: number;
}

/** Marks a byte over 0x7f, as `%C3` gives it: a part of a character, not a character. */
export const byteFlag = 0x200000;

/** The kinds of escapes that one round decodes. */
export const escapes = { percent: 1, backslash: 2, html: 4, quotedPrintable: 8 } as const;

/** A part of a text as code points that nobody has decoded yet. */
export function undecoded(text: string, from: number, to: number): Decoded {
  const codes = new Uint32Array(to - from);
  const starts = new Uint32Array(to - from + 1);
  for (let index = from; index < to; index += 1) {
    codes[index - from] = text.charCodeAt(index);
    starts[index - from] = index;
  }
  starts[to - from] = to;
  return { codes, starts, length: to - from };
}

/** A copy, for another way of decoding. */
export function copyOf({ codes, starts, length }: Decoded): Decoded {
  return { codes: codes.slice(0, length), starts: starts.slice(0, length + 1), length };
}

/** What an escape stands for and how long it is, in one number, so that reading one allocates nothing; 0 for none. */
const lengthBits = 16;
/** The value of an escape that stands for no character. */
const nothing = 0x3fffff;

/**
 * Decodes every escape of these kinds once, from left to right; what an escape gives is not read again
 * in the same round. Takes time linear in the length: each escape has a bounded length.
 *
 * @returns whether there was an escape
 */
export function decodeOnce(text: Decoded, kinds: number): boolean {
  const { codes, starts, length } = text;
  let to = 0;
  let changed = false;
  for (let from = 0; from < length;) {
    const escape = escapeAt(codes, from, length, kinds);
    const value = escape === 0 ? (codes[from] ?? 0) : Math.floor(escape / lengthBits);
    if (value !== nothing) {
      codes[to] = value;
      starts[to] = starts[from] ?? 0;
      to += 1;
    }
    from += escape === 0 ? 1 : escape % lengthBits;
    if (escape !== 0) changed = true;
  }
  starts[to] = starts[length] ?? 0;
  text.length = to;
  return changed;
}

function escapeAt(codes: Uint32Array, at: number, length: number, kinds: number): number {
  switch (codes[at]) {
    case 0x25:
      return (kinds & escapes.percent) === 0 ? 0 : percentEscape(codes, at, length);
    case 0x5c:
      return (kinds & escapes.backslash) === 0 ? 0 : backslashEscape(codes, at, length);
    case 0x26:
      return (kinds & escapes.html) === 0 ? 0 : htmlEscape(codes, at, length);
    case 0x3d:
      return (kinds & escapes.quotedPrintable) === 0 ? 0 : quotedPrintableEscape(codes, at, length);
    default:
      return 0;
  }
}

const packed = (value: number, length: number): number => value * lengthBits + length;
const byte = (value: number): number => (value < 0x80 ? value : value + byteFlag);

/** `%41`, and `%u0041` of the old JavaScript function `escape`. */
function percentEscape(codes: Uint32Array, at: number, length: number): number {
  const value = hex(codes, at + 1, 2, length);
  if (value >= 0) return packed(byte(value), 3);
  if (((codes[at + 1] ?? 0) | 0x20) !== 0x75) return 0;
  const unit = hex(codes, at + 2, 4, length);
  return unit < 0 ? 0 : packed(unit, 6);
}

const controls: Readonly<Record<number, number>> = {
  0x6e: 0x0a,
  0x72: 0x0d,
  0x74: 0x09,
  0x62: 0x08,
  0x66: 0x0c,
  0x76: 0x0b,
  0x61: 0x07,
  0x65: 0x1b,
};

/** The escapes of JSON and of the C family: `\u0041 \u{41} \U00000041 \x41 \101 \n \"`. */
function backslashEscape(codes: Uint32Array, at: number, length: number): number {
  if (at + 1 >= length) return 0;
  const next = codes[at + 1] ?? 0;
  if (next === 0x75 && codes[at + 2] === 0x7b) return bracedEscape(codes, at, length);
  if (next === 0x75 || next === 0x55 || next === 0x78) {
    const digits = next === 0x75 ? 4 : next === 0x55 ? 8 : 2;
    const value = hex(codes, at + 2, digits, length);
    if (value >= 0 && value <= 0x10ffff) return packed(next === 0x78 ? byte(value) : value, 2 + digits);
  }
  if (next >= 0x30 && next <= 0x37) {
    let value = 0;
    let digits = 0;
    for (; digits < 3; digits += 1) {
      const digit = (codes[at + 1 + digits] ?? 0) - 0x30;
      if (at + 1 + digits >= length || digit < 0 || digit > 7) break;
      value = value * 8 + digit;
    }
    return packed(byte(value & 0xff), 1 + digits);
  }
  return packed(controls[next] ?? next, 2);
}

function bracedEscape(codes: Uint32Array, at: number, length: number): number {
  let value = 0;
  for (let digits = 0; digits <= 8 && at + 3 + digits < length; digits += 1) {
    const code = codes[at + 3 + digits] ?? 0;
    if (code === 0x7d) return digits === 0 || value > 0x10ffff ? 0 : packed(value, 4 + digits);
    const digit = hexDigit(code);
    if (digit < 0) return 0;
    value = value * 16 + digit;
  }
  return 0;
}

/** The names of HTML for characters of ASCII, each before its character. */
const named =
  'amp & AMP & lt < LT < gt > GT > quot " QUOT " apos \' plus + sol / bsol \\ equals = lowbar _ UnderBar _ period . comma , colon : semi ; excl ! quest ? num # dollar $ percnt % lpar ( rpar ) ast * midast * lsqb [ lbrack [ rsqb ] rbrack ] lcub { lbrace { rcub } rbrace } verbar | vert | grave ` Hat ^ commat @';
const pairs = named.split(' ');
const names: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    pairs.flatMap((name, index) => (index % 2 === 0 ? [[name, pairs[index + 1]?.charCodeAt(0) ?? 0]] : [])),
  ),
  nbsp: 0x20,
  Tab: 0x09,
  NewLine: 0x0a,
};

/** `&#65; &#x41; &amp;`, the numbers also without their semicolon. */
function htmlEscape(codes: Uint32Array, at: number, length: number): number {
  if (codes[at + 1] !== 0x23) return namedEscape(codes, at, length);
  const isHex = ((codes[at + 2] ?? 0) | 0x20) === 0x78;
  const first = at + (isHex ? 3 : 2);
  let value = 0;
  let index = first;
  for (; index < length && index < first + 9; index += 1) {
    const digit = hexDigit(codes[index] ?? 0);
    if (digit < 0 || (!isHex && digit > 9)) break;
    value = value * (isHex ? 16 : 10) + digit;
  }
  if (index === first || value > 0x10ffff) return 0;
  return packed(value, index - at + (index < length && codes[index] === 0x3b ? 1 : 0));
}

function namedEscape(codes: Uint32Array, at: number, length: number): number {
  let name = '';
  for (let index = at + 1; index < length && index < at + 10; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 0x3b) {
      const value = Object.hasOwn(names, name) ? names[name] : undefined;
      return value === undefined ? 0 : packed(value, index - at + 1);
    }
    if (code > 0x7a || code < 0x41) return 0;
    name += String.fromCharCode(code);
  }
  return 0;
}

/** `=41` of quoted-printable, and its soft line break, which stands for nothing. */
function quotedPrintableEscape(codes: Uint32Array, at: number, length: number): number {
  const value = hex(codes, at + 1, 2, length);
  if (value >= 0) return packed(byte(value), 3);
  if (codes[at + 1] === 0x0a) return packed(nothing, 2);
  return codes[at + 1] === 0x0d && codes[at + 2] === 0x0a ? packed(nothing, 3) : 0;
}

/** The value of so many hexadecimal digits; -1 where there are fewer. */
function hex(codes: Uint32Array, at: number, digits: number, length: number): number {
  if (at + digits > length) return -1;
  let value = 0;
  for (let index = at; index < at + digits; index += 1) {
    const digit = hexDigit(codes[index] ?? 0);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
