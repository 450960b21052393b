/**
 * Where JSON text breaks and what is wrong there, in general words: `line 2, column 7: expected …`. Nothing of
 * the text is repeated, since it may hold secrets. Undefined where the text is JSON. The text must not nest
 * deeper than `nestsTooDeep` allows.
 */
export function jsonFault(text: string): string | undefined {
  try {
    new Reader(text).whole();
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(0, error.at).split(/\r\n|\r|\n/);
    return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: ${error.message}`;
  }
}

class Fault extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const plain = /[^"\\\u0000-\u001F]*/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const space = /[ \t\r\n]*/y;

/** Reads JSON text and keeps nothing of it. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): void {
    this.#value();
    if (this.#at < this.#text.length) this.#fail('more text than one value');
  }

  #value(): void {
    this.#take(space);
    const next = this.#text[this.#at];
    if (next === '{') this.#list('}', 'object', () => this.#member());
    else if (next === '[') this.#list(']', 'list', () => this.#value());
    else if (next === '"') this.#string();
    else if (!this.#take(number) && !['true', 'false', 'null'].some((word) => this.#word(word)))
      this.#fail('expected a value; a text stands in double quotes');
    this.#take(space);
  }

  #list(end: string, what: string, item: () => void): void {
    this.#at += 1;
    this.#take(space);
    if (this.#word(end)) return;
    do item();
    while (this.#word(','));
    if (!this.#word(end)) this.#fail(`expected a comma, or the "${end}" that ends the ${what}`);
  }

  #member(): void {
    this.#take(space);
    if (this.#text[this.#at] !== '"') this.#fail('expected a key in double quotes');
    this.#string();
    this.#take(space);
    if (!this.#word(':')) this.#fail('expected a colon after the key');
    this.#value();
  }

  #string(): void {
    const start = this.#at;
    this.#at += 1;
    do this.#take(plain);
    while (this.#take(escape));
    if (this.#word('"')) return;
    if (this.#at >= this.#text.length) this.#fail('a text without the double quote that ends it', start);
    this.#fail(
      this.#text[this.#at] === '\\'
        ? 'a backslash that begins no escape'
        : 'a line end or control character within a text',
    );
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const length = pattern.exec(this.#text)?.[0].length ?? 0;
    this.#at += length;
    return length > 0;
  }

  #word(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #fail(message: string, at = this.#at): never {
    throw new Fault(at, at >= this.#text.length ? `the text ends too early: ${message}` : message);
  }
}
