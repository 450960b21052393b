import type { ClauseId } from '../contract/clauses.ts';
import { noNote, type Note } from './check/findings.ts';
import { show } from './expect.ts';
import { oddForm, parseJson } from './json.ts';
import { cameFrom } from './origin.ts';

/** A request as it goes over the wire. `url` is absolute; several fields of one name stay several. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** An answer as it came over the wire; the body decoded as UTF-8. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object (no array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An answer with comfortable access to what the checks look at. */
export class Answer implements WireAnswer {
  readonly status: number;
  readonly headers: WireAnswer['headers'];
  readonly body: string;
  /** The id of its exchange in the evidence; undefined where none is kept. */
  readonly exchange: number | undefined;
  /** The request that it answers. */
  readonly request: WireRequest;
  /** Tells the check of a breach of form, by whoever reads the answer tolerantly. */
  readonly note: Note;
  /** Of a 404: the clause that it breaks, where whoever asked knows that the resource has to be there. */
  missing: ClauseId | undefined;
  /** What its body is as JSON, once somebody has asked. */
  #parsed: { readonly json: unknown } | undefined;

  constructor(request: WireRequest, answer: WireAnswer, note: Note = noNote, exchange?: number) {
    this.exchange = exchange;
    this.request = request;
    this.note = note;
    this.status = answer.status;
    this.headers = answer.headers;
    this.body = answer.body;
  }

  /** Whether the status is 2xx. */
  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** Every value of a header, one a field, without regard to the name's case. */
  headerValues(name: string): string[] {
    const wanted = name.toLowerCase();
    return this.headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
  }

  /** A part of the answer, for an expectation: a header, or a member of the body. */
  at(member: string): { readonly exchange: number | undefined; readonly member: string } {
    return { exchange: this.exchange, member };
  }

  /** The value of a header, several fields joined by a comma; undefined when it is absent. */
  header(name: string): string | undefined {
    const values = this.headerValues(name);
    return values.length === 0 ? undefined : values.join(', ');
  }

  /** The media type, lower case, without parameters; empty when there is none. */
  get mediaType(): string {
    return (this.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  }

  /** The body as JSON; undefined where it is none. Always the same value, which nobody may change. */
  json(): unknown {
    this.#parsed ??= { json: cameFrom(parseJson(this.body), this.exchange) };
    return this.#parsed.json;
  }

  /** The body as a JSON object; undefined where it is none. */
  object(): JsonObject | undefined {
    const value = this.json();
    return isObject(value) ? value : undefined;
  }

  /** Some headers of the answer in a few words, for reasons. */
  describeHeaders(...names: readonly string[]): string {
    const shown = names.map((name) => `${name}: ${this.header(name) ?? 'none'}`);
    return `${this.request.method} answered ${this.status} with ${shown.join(' and ')}`;
  }

  /** The answer in a few words, for reasons. */
  describe(): string {
    const odd = oddForm(this.body);
    const told = odd === undefined ? '' : `, which ${odd}`;
    return `${this.request.method} answered ${this.status} with ${this.body === '' ? 'no body' : show(this.json() ?? this.body)}${told}`;
  }
}
