import { undecoded, type Decoded } from './escapes.ts';
import { PatternSearch } from './pattern-search.ts';
import { eachDecoding, leastLength, patternsOf } from './patterns.ts';
import { viewOf, type ViewName } from './views.ts';

/** A part of a text, from its first character to the one behind its last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** So many characters are searched at once, or as many as blocks overlap, which bounds the memory that a long text needs. */
const leastBlock = 128 * 1024;
/** How many characters of a text one character of a secret may take, encoded several times. */
const widest = 24;
const mostOverlap = 512 * 1024;

/** Finds secrets in texts, in every form in which one is likely to come back, in time linear in the text. */
export class SecretIndex {
  readonly #secrets = new Set<string>();
  readonly #views = new Map<ViewName, PatternSearch>();
  readonly #most: number;
  #longest = 0;

  /** @param most so many characters of a secret are looked for; no header field carries more */
  constructor(most = 32 * 1024) {
    this.#most = most;
  }

  /**
   * Adds a secret; what is too short to be told from anything else is left out, and of a very long one its
   * beginning is looked for.
   */
  add(whole: string): void {
    const secret = whole.slice(0, this.#most);
    if (secret.length < leastLength || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    this.#longest = Math.max(this.#longest, secret.length);
    for (const [view, found] of patternsOf(secret)) {
      const patterns = this.#views.get(view) ?? new PatternSearch();
      this.#views.set(view, patterns);
      for (const pattern of found) patterns.add(pattern);
    }
  }

  /** Where secrets are, in order, none touching another. */
  find(text: string): Span[] {
    if (this.#views.size === 0 || text.length < leastLength) return [];
    const spans: Span[] = [];
    const overlap = Math.min(mostOverlap, Math.max(leastLength, this.#longest) * widest);
    const block = Math.max(leastBlock, overlap);
    for (let from = 0; from < text.length; from += block) {
      const to = Math.min(text.length, from + block + overlap);
      eachDecoding(undecoded(text, from, to), (decoded) => this.#search(decoded, spans));
      if (to === text.length) break;
    }
    return merged(spans);
  }

  #search(decoded: Decoded, spans: Span[]): void {
    for (const [name, patterns] of this.#views) {
      const view = viewOf(decoded, name);
      patterns.search(view, (from, to) => {
        const first = view.origins[from] ?? 0;
        const last = view.origins[to - 1] ?? 0;
        spans.push({ from: decoded.starts[first] ?? 0, to: decoded.starts[last + 1] ?? 0 });
      });
    }
  }
}

function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && span.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else result.push(span);
  }
  return result;
}
