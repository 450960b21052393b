import { isExactNumber, parseExact } from './http/exact-json.ts';

/** A header field as it is sent. */
export type Field = readonly [name: string, value: string];

/** A request without any HTTP library: what every door makes and every resource takes. */
export interface PlainRequest {
  /** In upper case. */
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  /** Still percent-encoded, without `?`; empty if there is none. */
  readonly query: string;
  /** Scheme and authority that the client called, e.g. `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** By name in lower case; several fields of a name joined with `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The `Prefer` fields one by one, where the door can tell them apart. */
  readonly prefer: readonly string[];
  /** The body as text; empty if there is none. */
  readonly body: string;
  /** Calls back when the client has closed its connection; absent where a door cannot know. */
  readonly onGone?: (listener: () => void) => void;
}

/** An answer without any HTTP library. `body` is undefined for none. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: readonly Field[];
  readonly body: string | undefined;
  /** The connection is closed instead of answering; only faults of the control interface do this. */
  readonly cut?: boolean;
}

/** The value of a header of an answer, whatever its casing; undefined if it is not there. */
export function headerOf(answer: PlainAnswer, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return answer.headers.find(([each]) => each.toLowerCase() === wanted)?.[1];
}

/** The JSON object of a body; undefined if it is none. */
export function jsonObject(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    const value = parseExact(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is an object: not an array, and not a number that was kept as text. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value);
}
