/** A text of so many characters is worth remembering: masking it takes longer than comparing it. */
const long = 32 * 1024;
/** So many characters of texts are remembered at most. */
const most = 64 * 1024 * 1024;

/**
 * Remembers what became of long texts: a target that answers with the same megabytes again and again
 * costs their masking once.
 */
export class LongTexts {
  readonly #known = new Map<string, string>();
  #characters = 0;

  /** What `made` gives for a text; made once for a long one, as long as it is remembered. */
  get(text: string, made: (text: string) => string): string {
    if (text.length < long) return made(text);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const result = made(text);
    this.#remember(text, result);
    return result;
  }

  /** Forgets all: what was made of them is not right any more. */
  clear(): void {
    this.#known.clear();
    this.#characters = 0;
  }

  #remember(text: string, result: string): void {
    const size = text.length + result.length;
    if (size > most) return;
    this.#characters += size;
    this.#known.set(text, result);
    for (const [oldest, made] of this.#known) {
      if (this.#characters <= most) return;
      this.#known.delete(oldest);
      this.#characters -= oldest.length + made.length;
    }
  }
}
