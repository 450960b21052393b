import { alphanumeric, CharacterClass, whiteSpace } from './character-class.ts';

/** The beginning of a private key in PEM, also in an address; of bounded length. */
export const pemStart =
  /-----BEGIN(?:(?: |%20|\+)[A-Z0-9]{1,12}){0,4}(?: |%20|\+)PRIVATE(?: |%20|\+)KEY(?:(?: |%20|\+)BLOCK)?-----/g;

const backslashes = new CharacterClass('\\');
const space = new CharacterClass(whiteSpace);
/** Base64, and the fields that stand before it in an encrypted key; line breaks as JSON writes them. */
const line = new CharacterClass(`${alphanumeric}+/=:,. \\-_${whiteSpace}`);

/**
 * The private key behind a BEGIN that ends at `at`: up to its END, or with the text where it was cut off.
 * A quote ends the text in JSON that holds the key, unless the key is a list of its lines.
 */
export function privateKey(text: string, at: number): readonly [number, number] {
  const quote = quoteOrEnd(text, at);
  if (text[quote] !== '"') return [at, quote];
  const end = withoutBackslashes(text, at, quote);
  return [at, end <= endOfSpace(text, at) ? endOfLines(text, end, quote) : end];
}

/** Before the next END or quote; with the text where there is neither. */
function quoteOrEnd(text: string, at: number): number {
  const ends = /"|-----END/g;
  ends.lastIndex = at;
  return ends.exec(text)?.index ?? text.length;
}

/** Before the backslashes that escape a quote. */
function withoutBackslashes(text: string, at: number, quote: number): number {
  let end = quote;
  while (end > at && text[end - 1] === '\\') end -= 1;
  return end;
}

/** Behind white space, that which JSON writes as an escape included. */
function endOfSpace(text: string, at: number): number {
  for (let end = at; ;) {
    end = space.endOf(text, end);
    const escaped = backslashes.endOf(text, end);
    if (escaped === end || !'nrt'.includes(text[escaped] ?? '-')) return end;
    end = escaped + 1;
  }
}

/** Where the lines of a key end, each of which is a text of its own in a list: `"MII…", "…", "-----END …"`. */
function endOfLines(text: string, at: number, closing: number): number {
  let end = at;
  for (let quote = closing; ;) {
    const comma = endOfSpace(text, quote + 1);
    if (text[comma] !== ',') return end;
    const opening = backslashes.endOf(text, endOfSpace(text, comma + 1));
    if (text[opening] !== '"') return end;
    const next = quoteOrEnd(text, opening + 1);
    if (text[next] !== '"') return next;
    const last = withoutBackslashes(text, opening + 1, next);
    if (line.endOf(text, opening + 1) < last) return end;
    [end, quote] = [last, next];
  }
}

const ending = '-----END';
const beginsKey = new RegExp(`(?:${pemStart.source})\\s*$`);
const base64Line = /^[A-Za-z0-9+/=\s]*$/;

/** Masks what follows the beginning of a private key in a list of its lines; other texts stay as they are. */
export function maskLines(list: readonly unknown[], masked: string): readonly unknown[] {
  let inKey = false;
  return list.map((each) => {
    if (typeof each !== 'string') {
      inKey = false;
      return each;
    }
    const end = each.indexOf(ending);
    if (inKey && end >= 0) {
      inKey = false;
      return masked + each.slice(end);
    }
    inKey = inKey && (base64Line.test(each) || each.includes(': '));
    if (inKey) return each === '' ? each : masked;
    inKey = beginsKey.test(each);
    return each;
  });
}
