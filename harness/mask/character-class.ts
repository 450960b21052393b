/** A set of characters of ASCII. A text is run through by hand: a pattern that repeats a class for millions of characters overflows the stack. */
export class CharacterClass {
  readonly #has = new Uint8Array(0x80);
  /** Whether everything that is no ASCII is in it. */
  readonly #others: number;

  /** @param characters the members; with `not`, everything but them */
  constructor(characters: string, { not = false } = {}) {
    this.#has.fill(not ? 1 : 0);
    for (const character of characters) this.#has[character.charCodeAt(0)] = not ? 0 : 1;
    this.#others = not ? 1 : 0;
  }

  /** The index behind the last of its characters that follow each other in the text from `at` on. */
  endOf(text: string, at: number): number {
    let index = at;
    while (index < text.length) {
      const code = text.charCodeAt(index);
      if ((code < 0x80 ? this.#has[code] : this.#others) === 0) break;
      index += 1;
    }
    return index;
  }
}

const lower = 'abcdefghijklmnopqrstuvwxyz';

/** Letters and digits of ASCII. */
export const alphanumeric = `${lower}${lower.toUpperCase()}0123456789`;

/** White space of ASCII. */
export const whiteSpace = ' \t\n\r\f\v';
