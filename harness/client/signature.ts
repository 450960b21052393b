import type { WireAnswer } from '../answer.ts';

/** Header fields that any server or gateway writes, or that belong to one kind of answer. */
const general =
  /^(?:date|server|via|age|allow|etag|vary|expires|pragma|location|upgrade|trailer|connection|keep-alive|alt-svc|set-cookie|retry-after|cache-control|last-modified|transfer-encoding|www-authenticate|strict-transport-security|x-cache.*|content-.*|access-control-.*)$/;
/** A field that stands on fewer of the kinds of answers is not the target's mark. */
const share = 0.9;
const leastKinds = 2;

/**
 * The header fields by which the answers of a target are known, such as the id that it gives each request: names that
 * stand on all of them. An answer that lacks most of these was probably written by somebody else.
 */
export class Signature {
  /** The names on the latest good answer to each shape. */
  readonly #names = new Map<string, ReadonlySet<string>>();
  readonly #marks = new Map<string, readonly string[]>();

  /** A request of this shape got an answer of the target. */
  seen(shape: string, { headers }: WireAnswer): void {
    this.#names.set(shape, namesIn(headers));
    this.#marks.clear();
  }

  /**
   * Whether an answer lacks the mark of the target; false where none is known.
   *
   * @param area the beginning of a path, to compare with answers from there alone
   */
  lackedBy({ headers }: WireAnswer, area = ''): boolean {
    let marks = this.#marks.get(area);
    if (marks === undefined) this.#marks.set(area, (marks = this.#marksOf(area)));
    if (marks.length === 0) return false;
    const names = namesIn(headers);
    return marks.filter((mark) => !names.has(mark)).length > marks.length / 2;
  }

  #marksOf(area: string): readonly string[] {
    const kinds = [...this.#names].filter(([shape]) => shape.includes(` ${area}`)).map(([, names]) => names);
    if (kinds.length < leastKinds) return [];
    const all = new Set(kinds.flatMap((names) => [...names]));
    return [...all].filter((name) => kinds.filter((names) => names.has(name)).length >= share * kinds.length);
  }
}

function namesIn(headers: WireAnswer['headers']): ReadonlySet<string> {
  return new Set(headers.map(([name]) => name.toLowerCase()).filter((name) => !general.test(name)));
}
