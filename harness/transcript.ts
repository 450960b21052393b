import { createHash } from 'node:crypto';
import type { BodyText, Evidence } from '../record/evidence.ts';
import { maskText } from './mask.ts';
import { rememberWhole } from './whole-bodies.ts';

const keptBytes = 16 * 1024;

/** A body as evidence: secrets masked, cut beyond 16 KB with its length and hash. */
export function bodyText(body: string): BodyText {
  if (body.length <= keptBytes / 4) return { text: maskText(body) };
  const bytes = Buffer.byteLength(body);
  if (bytes <= keptBytes) return { text: maskText(body) };
  const sha256 = createHash('sha256').update(body).digest('hex');
  // Masked before it is cut: half a secret would not be found any more.
  const whole = maskText(body);
  return rememberWhole({ text: whole.slice(0, keptBytes), cut: { bytes, sha256 } }, whole);
}

/** So much behind the beginning of a body is masked with it: a secret that begins in it may end there. */
const beyond = 64 * 1024;

/** A very long body as evidence: only its beginning, length and hash; the whole of it is not kept. */
export function beginningText(body: string): BodyText {
  // The end of what is masked may hold the first half of a secret, so it is not shown.
  const head = maskText(Buffer.from(body.slice(0, keptBytes + beyond)).toString());
  const text = head.slice(0, Math.min(keptBytes, Math.max(0, head.length - beyond)));
  const sha256 = createHash('sha256').update(body).digest('hex');
  return { text: text.toWellFormed(), cut: { bytes: Buffer.byteLength(body), sha256 } };
}

/** A piece of evidence in two forms, each made when it is read, so that properties stay fast. */
export interface Lazy<Piece extends Evidence = Evidence> {
  readonly masked: () => Piece;
  /** With the secrets that it holds: to judge by, never to show or keep. */
  readonly unmasked: () => Piece;
}

/** Evidence, or how to make it. */
export type Entry = Evidence | Lazy;

/** What happened during one check, in order. Long ones keep their beginning and their end. */
export class Transcript {
  readonly #first: Entry[] = [];
  #last: Entry[] = [];
  #dropped = 0;
  #moments = 0;
  readonly #keep: number;

  constructor(keep = 200) {
    this.#keep = keep;
  }

  /** Adds a piece of evidence. */
  add(entry: Entry): void {
    if (this.#first.length < this.#keep / 4) {
      this.#first.push(entry);
      return;
    }
    this.#last.push(entry);
    if (this.#last.length <= this.#keep) return;
    const dropped = this.#last.length - this.#keep / 2;
    this.#last = this.#last.slice(dropped);
    this.#dropped += dropped;
  }

  /**
   * Numbers the moments at which requests leave and answers or deliveries come, for times cannot tell which
   * came first. The number of the moment at which something began is its id.
   */
  moment(): number {
    this.#moments += 1;
    return this.#moments;
  }

  /** Forgets everything, before the next run of a property. */
  clear(): void {
    this.#first.length = 0;
    this.#last.length = 0;
    this.#dropped = 0;
  }

  /** The evidence so far; a remark stands where something was left out. */
  entries(): Evidence[] {
    const made = (entry: Entry): Evidence => ('masked' in entry ? entry.masked() : entry);
    const first = this.#first.map(made);
    const last = this.#last.map(made);
    if (this.#dropped === 0) return [...first, ...last];
    return [...first, { kind: 'remark', text: `${this.#dropped} entries are left out here.` }, ...last];
  }

  /** The evidence so far, with the secrets that it holds: to judge by, never to show or keep. */
  unmasked(): Evidence[] {
    return [...this.#first, ...this.#last].map((entry) => ('masked' in entry ? entry.unmasked() : entry));
  }
}
