import { copyOf, decodeOnce, escapes, undecoded, type Decoded } from './escapes.ts';
import { viewOf, type ViewName } from './views.ts';

/** Patterns shorter than this, in bytes, are too common to be looked for. */
export const leastLength = 8;

/** The rounds of decoding that a text is given, by the kinds of escapes that each decodes. */
const rounds: readonly { readonly first: number; readonly then: number; readonly most: number }[] = [
  // Alone, because a backslash or & before a secret may look like the beginning of another escape.
  { first: escapes.percent, then: escapes.percent, most: 3 },
  {
    first: escapes.percent | escapes.backslash | escapes.html,
    then: escapes.percent | escapes.backslash | escapes.html,
    most: 4,
  },
  {
    first: escapes.quotedPrintable,
    then: escapes.percent | escapes.backslash | escapes.html,
    most: 3,
  },
];

/** A text as it is and after each round of decoding that changes something; `visit` must not keep it. */
export function eachDecoding(text: Decoded, visit: (decoded: Decoded) => void): void {
  visit(text);
  const found = kindsIn(text);
  for (const { first, then, most } of rounds) {
    if ((found & first) === 0) continue;
    const decoded = copyOf(text);
    for (let round = 0; round < most; round += 1) {
      if (!decodeOnce(decoded, round === 0 ? first : then)) break;
      visit(decoded);
    }
  }
}

function kindsIn({ codes, length }: Decoded): number {
  let kinds = 0;
  for (let index = 0; index < length; index += 1) {
    const code = codes[index];
    if (code === 0x25) kinds |= escapes.percent;
    else if (code === 0x5c) kinds |= escapes.backslash;
    else if (code === 0x26) kinds |= escapes.html;
    else if (code === 0x3d) kinds |= escapes.quotedPrintable;
  }
  return kinds;
}

/** What to look for in each view to find a secret, whatever it is encoded as. */
export function patternsOf(secret: string): Map<ViewName, Uint8Array[]> {
  const patterns = new Map<ViewName, Map<string, Uint8Array>>();
  const add = (view: ViewName, bytes: Uint8Array): void => {
    if (bytes.length < leastLength) return;
    const known = patterns.get(view) ?? new Map<string, Uint8Array>();
    patterns.set(view, known.set(Buffer.from(bytes).toString('latin1'), bytes));
  };
  const seen = (view: ViewName, text: string): Uint8Array => bytesIn(undecoded(text, 0, text.length), view);
  // The text may have been decoded where the secret only looks like an escape, so it is as well.
  eachDecoding(undecoded(secret, 0, secret.length), (decoded) => {
    add('plain', bytesIn(decoded, 'plain'));
  });
  const encoded = encodings(secret);
  for (const bytes of encoded) {
    for (const text of listings(bytes)) add('plain', seen('plain', text));
    for (const text of base32Cores(bytes)) add('plain', seen('plain', text));
    for (const text of base64Cores(bytes)) add('base64', seen('base64', text));
  }
  // Written in an address or in JSON first, or encoded twice.
  for (const text of writings(secret))
    for (const core of base64Cores(Buffer.from(text))) add('base64', seen('base64', core));
  for (const inner of base64Cores(encoded[0] ?? Buffer.from(secret)))
    for (const core of base64Cores(Buffer.from(inner))) add('base64', seen('base64', core));
  if (/[^\x20-\x7e]/.test(secret) || seen('plain', secret).length < leastLength)
    for (const text of [secret, secret.toLowerCase(), secret.toUpperCase()])
      for (const bytes of encodings(text)) add('bytes', withoutControls(bytes));
  return new Map([...patterns].map(([view, found]) => [view, [...found.values()]]));
}

/** As the view of bytes leaves them out. */
function withoutControls(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte) => byte >= 0x20 && byte !== 0x7f);
}

function bytesIn(text: Decoded, view: ViewName): Uint8Array {
  const { bytes, length } = viewOf(text, view);
  return bytes.slice(0, length);
}

/** The bytes of a text in UTF-8, UTF-16 in both orders and, where it has every character, Latin-1. */
function encodings(text: string): Buffer[] {
  const little = Buffer.from(text, 'utf16le');
  const latin = /^[\0-\xff]*$/.test(text) && /[\x80-\xff]/.test(text) ? [Buffer.from(text, 'latin1')] : [];
  const both = [little, Buffer.from(little).swap16()];
  // Read as if it were something else, too.
  const misread = both.flatMap((bytes) => [bytes.toString('latin1'), bytes.toString('utf8')]);
  return [Buffer.from(text), ...both, ...latin, ...misread.map((one) => Buffer.from(one))];
}

/** Bytes as lists of numbers: hexadecimal as one word, with colons, hyphens or commas, and decimal. */
function listings(bytes: Buffer): string[] {
  const hexes = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  return [
    ...['', ':', '-', ',', '.', '_', ';', '|'].map((between) => hexes.join(between)),
    ...['', ','].map((between) => hexes.map((one) => `0x${one}`).join(between)),
    [...bytes].join(','),
  ];
}

/** How addresses, forms, JSON and HTML write a text. */
function writings(text: string): string[] {
  const percent = encodeURIComponent(text);
  return [
    percent,
    percent.replaceAll(/[!'()*]/g, percentByte),
    percent.replaceAll(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
    new URLSearchParams({ '': text }).toString().slice(1),
    JSON.stringify(text).slice(1, -1),
    text.replaceAll(/[&<>'"+]/g, unicodeEscape),
    text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
    text.replaceAll(/[&<>"']/g, (character) => htmlNames[character] ?? character),
    Buffer.from(text).toString('hex'),
  ];
}

const htmlNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function percentByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * What stands for the bytes wherever they are in something longer that is encoded as base64: without
 * the characters at both ends that neighbours share, for every number of bytes (modulo 3) before them.
 */
function base64Cores(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The same for base32, whose groups have five bytes. */
function base32Cores(bytes: Buffer): string[] {
  return [0, 1, 2, 3, 4].map((before) => {
    let text = '';
    let value = 0;
    let bits = 0;
    for (const byte of [...Buffer.alloc(before), ...bytes]) {
      value = ((value << 8) | byte) & 0xfff;
      for (bits += 8; bits >= 5; bits -= 5) text += base32Alphabet[(value >> (bits - 5)) & 31] ?? '';
    }
    return text.slice(Math.ceil((before * 8) / 5));
  });
}
