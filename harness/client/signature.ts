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
    const names = namesIn(headers);
    if (same(names, this.#names.get(shape))) return;
    this.#names.set(shape, names);
    this.#marks.clear();
  }

  /**
   * Whether an answer lacks the mark of the target; false where none is known.
   *
   * @param area the beginning of a path, to compare with answers from there alone
   */
  lackedBy({ headers }: WireAnswer, area = ''): boolean {
    const marks = this.#marksOf(area);
    return marks.length > 0 && lacks(marks, namesIn(headers));
  }

  /** Whether a refusal lacks the mark of the target, which the target's good answers from the same area do not lack as well. */
  lackedByRefusal(answer: WireAnswer, area: string): boolean {
    if (!this.lackedBy(answer)) return false;
    const marks = this.#marksOf('');
    const kinds = this.#kindsOf(area);
    return kinds.length === 0 || kinds.some((names) => !lacks(marks, names));
  }

  #kindsOf(area: string): readonly ReadonlySet<string>[] {
    return [...this.#names].filter(([shape]) => shape.includes(` ${area}`)).map(([, names]) => names);
  }

  #marksOf(area: string): readonly string[] {
    let marks = this.#marks.get(area);
    if (marks === undefined) this.#marks.set(area, (marks = this.#commonIn(area)));
    return marks;
  }

  #commonIn(area: string): readonly string[] {
    const kinds = this.#kindsOf(area);
    if (kinds.length < leastKinds) return [];
    const all = new Set(kinds.flatMap((names) => [...names]));
    return [...all].filter((name) => kinds.filter((names) => names.has(name)).length >= share * kinds.length);
  }
}

function lacks(marks: readonly string[], names: ReadonlySet<string>): boolean {
  return marks.filter((mark) => !names.has(mark)).length > marks.length / 2;
}

function same(names: ReadonlySet<string>, others: ReadonlySet<string> | undefined): boolean {
  return others?.size === names.size && [...names].every((name) => others.has(name));
}

function namesIn(headers: WireAnswer['headers']): ReadonlySet<string> {
  return new Set(headers.map(([name]) => name.toLowerCase()).filter((name) => !general.test(name)));
}
