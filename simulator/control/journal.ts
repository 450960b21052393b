import type { Field, PlainAnswer, PlainRequest } from '../plain.ts';
import { matcherOf, type RequestMatch } from './request-match.ts';

/** A request that was answered, as the journal shows it. */
export interface JournalEntry {
  /** Counts all requests since the start or the last reset, from 1. */
  readonly number: number;
  /** When it came, on the simulator's clock. */
  readonly at: string;
  readonly method: string;
  /** Scheme and authority that it was sent to. */
  readonly origin: string;
  readonly path: string;
  readonly query: string;
  /** Names in lower case; tokens are masked. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Undefined where the connection was cut instead. */
  readonly status: number | undefined;
  readonly answerHeaders: readonly Field[];
  readonly answerBody: string | undefined;
  /** Real milliseconds until it was answered. */
  readonly durationMs: number;
}

/** Picks entries of the journal. */
export interface JournalFilter extends RequestMatch {
  readonly status?: number;
  /** Only entries with a larger number. */
  readonly after?: number;
  /** The newest so many; oldest first all the same. */
  readonly limit?: number;
}

/** A request and its answer, and when. */
export interface Exchange {
  readonly request: PlainRequest;
  readonly answer: PlainAnswer;
  /** Epoch milliseconds on the simulator's clock when the request came. */
  readonly at: number;
  readonly durationMs: number;
}

/** Few objects an entry: each is moved by the collector until the entry is let go. */
interface Kept extends Pick<Exchange, 'at' | 'durationMs'> {
  readonly number: number;
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly query: string;
  readonly headers: PlainRequest['headers'];
  readonly body: string;
  readonly status: number | undefined;
  /** Names and values of the answer's header by turns. */
  readonly fields: readonly string[];
  readonly answerBody: string | undefined;
  readonly size: number;
}

/** Stands in the place of an entry that was let go, until the others are moved together. */
const letGo: Kept = {
  number: 0,
  method: '',
  origin: '',
  path: '',
  query: '',
  headers: {},
  body: '',
  status: undefined,
  fields: [],
  answerBody: undefined,
  at: 0,
  durationMs: 0,
  size: 0,
};

/** Characters of one body that are kept, and of all that is kept. */
const longestBody = 64 * 1024;
const allCharacters = 8 * 1024 * 1024;

const secret = /^(?:proxy-)?authorization$|^cookie$/;

/** Keeps the latest requests with their answers. */
export class Journal {
  #most: number;
  #kept: Kept[] = [];
  /** Where the oldest entry is; those before it were let go. */
  #first = 0;
  #characters = 0;
  #number = 0;
  /** Whether requests are recorded. */
  recording: boolean;

  /** @param most entries that are kept; 0 records nothing until `recording` is set */
  constructor(most: number) {
    this.#most = most === 0 ? defaultEntries : most;
    this.recording = most > 0;
  }

  /** Entries that are kept. */
  get most(): number {
    return this.#most;
  }

  set most(most: number) {
    this.#most = most === 0 ? defaultEntries : most;
  }

  /** Requests that were recorded since the start, whether or not they are still kept. */
  get total(): number {
    return this.#number;
  }

  add({ request, answer, at, durationMs }: Exchange): void {
    const { method, origin, path, query, headers } = request;
    const body = shortened(request.body);
    const cut = answer.cut === true;
    const answerBody = answer.body === undefined || cut ? undefined : shortened(answer.body);
    const size = body.length + (answerBody?.length ?? 0) + path.length + query.length + sizeOf(headers);
    this.#number += 1;
    const fields: string[] = [];
    if (!cut) for (const [name, value] of answer.headers) fields.push(name, value);
    this.#kept.push({
      number: this.#number,
      method,
      origin,
      path,
      query,
      headers,
      body,
      status: cut ? undefined : answer.status,
      fields,
      answerBody,
      at,
      durationMs,
      size,
    });
    this.#characters += size;
    while (this.#kept.length - this.#first > this.#most || this.#characters > allCharacters) {
      this.#characters -= this.#kept[this.#first]?.size ?? 0;
      this.#kept[this.#first] = letGo;
      this.#first += 1;
    }
    // Moved together now and then, not with each request.
    if (this.#first > this.#most) {
      this.#kept = this.#kept.slice(this.#first);
      this.#first = 0;
    }
  }

  /** The entries that a filter picks, oldest first. */
  list(filter: JournalFilter = {}): JournalEntry[] {
    const found = this.#find(filter).map(entryOf);
    return filter.limit === undefined ? found : found.slice(Math.max(0, found.length - filter.limit));
  }

  /** How many entries a filter picks; `limit` does not count. */
  count(filter: JournalFilter = {}): number {
    return this.#find(filter).length;
  }

  clear(): void {
    this.#kept = [];
    this.#first = 0;
    this.#characters = 0;
    this.#number = 0;
  }

  #find(filter: JournalFilter): Kept[] {
    const { status, after = 0 } = filter;
    const matches = matcherOf(filter);
    return this.#kept
      .slice(this.#first)
      .filter(
        (kept) => kept.number > after && (status === undefined || kept.status === status) && matches(kept),
      );
  }
}

/** Entries that are kept by default. */
export const defaultEntries = 1_000;

function sizeOf(headers: PlainRequest['headers']): number {
  let size = 0;
  for (const name in headers) size += headers[name]?.length ?? 0;
  return size;
}

function entryOf(kept: Kept): JournalEntry {
  const { number, method, origin, path, query, headers, body, status, fields, answerBody, at, durationMs } =
    kept;
  return {
    number,
    at: new Date(at).toISOString(),
    method,
    origin,
    path,
    query,
    headers: shownHeaders(headers),
    body,
    status,
    answerHeaders: Array.from({ length: fields.length / 2 }, (_, at): Field => [
      fields[2 * at] ?? '',
      fields[2 * at + 1] ?? '',
    ]),
    answerBody,
    durationMs,
  };
}

function shownHeaders(headers: PlainRequest['headers']): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) shown[name] = secret.test(name) ? value.replace(/^(\w+ )?.*$/s, '$1***') : value;
  }
  return shown;
}

function shortened(text: string): string {
  if (text.length <= longestBody) return text;
  // A piece of a long text would keep all of it in memory; what was encoded and decoded does not.
  const piece = JSON.parse(JSON.stringify(text.slice(0, longestBody))) as string;
  return `${piece}… (${text.length} characters)`;
}
