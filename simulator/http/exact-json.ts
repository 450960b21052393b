/**
 * JSON whose numbers arrive as they were sent. A number of more digits than a double keeps is read as an
 * {@link ExactNumber}, which `JSON.stringify` writes again digit by digit. `System.Decimal` has 28 of them.
 */

/** A number as text, made by `JSON.rawJSON`. */
export interface ExactNumber {
  readonly rawJSON: string;
}

/** The two functions of ECMAScript's "JSON.parse source text access", which TypeScript does not know yet. */
const json = JSON as unknown as {
  readonly rawJSON: (text: string) => ExactNumber;
  readonly isRawJSON: (value: unknown) => value is ExactNumber;
};

/** Digits that every double keeps. */
const safeDigits = 15;
/** What begins where a value may, and is as long as a number that a double would change. */
const longNumber = /(?:^|[:,[])\s*-?\d[\d.eE+-]{7}/;

/** Whether a value is a number that was kept as text. */
export const isExactNumber = json.isRawJSON;

/** A number as text for JSON; `text` has to be a JSON number. */
export const exactNumber = json.rawJSON;

/**
 * Reads JSON; numbers that a double would change become {@link ExactNumber}s. They are read as texts with a
 * mark before them: a reviver with the source text would take microseconds for each value beside them.
 *
 * @throws SyntaxError for what is not JSON
 */
export function parseExact(text: string): unknown {
  // Most texts have no such number.
  if (!longNumber.test(text)) return JSON.parse(text) as unknown;
  const mark = `exact-${crypto.randomUUID()}:`;
  const marked = markNumbers(text, mark);
  const value: unknown = JSON.parse(marked ?? text);
  return marked === undefined ? value : unmarked(value, mark);
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** `.`, `e` and `E`: the number goes on behind its first digits. */
const continues: ReadonlySet<number> = new Set([46, 69, 101]);
/** Characters below which no number is changed by a double. */
const fewCharacters = 8;
const [quote, backslash, minus, zero, nine] = [34, 92, 45, 48, 57];

/**
 * JSON in which each number that a double would change is a text with a mark; undefined where there is none.
 * Looked at sign by sign: a pattern would be called for each of millions of values.
 */
function markNumbers(text: string, mark: string): string | undefined {
  const parts: string[] = [];
  let done = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === quote) at = endOfString(text, at + 1);
    else if (sign === minus || (sign >= zero && sign <= nine)) {
      const end = endOfNumber(text, at);
      const source = text.slice(at, end);
      if (end - at >= fewCharacters && isChanged(Number(source), source) && !isName(text, end)) {
        parts.push(text.slice(done, at), JSON.stringify(mark + source));
        done = end;
      }
      at = Math.max(at, end - 1);
    }
  }
  return parts.length === 0 ? undefined : parts.join('') + text.slice(done);
}

/** Where the quote is that ends a string. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === quote) return at;
    if (sign === backslash) at += 1;
  }
  return text.length;
}

/** Where the number ends that begins at a place; that place where none does. */
function endOfNumber(text: string, from: number): number {
  let end = from + 1;
  while (text.charCodeAt(end) >= zero && text.charCodeAt(end) <= nine) end += 1;
  // Most are short and whole, and need no closer look.
  if (end - from < fewCharacters && !continues.has(text.charCodeAt(end))) return end;
  number.lastIndex = from;
  return from + (number.exec(text)?.[0].length ?? 0);
}

/** Whether a colon follows: a number in the place of a name is no JSON, and must not become it. */
function isName(text: string, end: number): boolean {
  let at = end;
  while (' \t\r\n'.includes(text[at] ?? '-')) at += 1;
  return text[at] === ':';
}

/** A value in which the texts with a mark are numbers again. */
function unmarked(value: unknown, mark: string): unknown {
  const read = (each: unknown): unknown =>
    typeof each === 'string' && each.startsWith(mark) ? exactNumber(each.slice(mark.length)) : each;
  const open: object[] = [];
  const visit = (each: unknown): void => {
    if (typeof each === 'object' && each !== null) open.push(each);
  };
  visit(value);
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    if (Array.isArray(holder)) {
      const list = holder as unknown[];
      for (let index = 0; index < list.length; index += 1) {
        const each = list[index];
        if (typeof each === 'string') list[index] = read(each);
        else visit(each);
      }
      continue;
    }
    for (const [name, each] of Object.entries(holder) as [string, unknown][]) {
      visit(each);
      const now = read(each);
      // Not assigned, since `__proto__` may be a name.
      if (now !== each)
        Object.defineProperty(holder, name, {
          value: now,
          enumerable: true,
          writable: true,
          configurable: true,
        });
    }
  }
  return read(value);
}

/** Whether a double would lose digits, or be written in another way than decimals are. */
function isChanged(value: number, source: string): boolean {
  return digitsOf(source) > safeDigits || (!/e/i.test(source) && String(value).includes('e'));
}

/** Significant digits of a JSON number. */
function digitsOf(source: string): number {
  const [mantissa = ''] = source.replace('-', '').split(/e/i);
  return mantissa.replace('.', '').replace(/^0+/, '').length;
}
