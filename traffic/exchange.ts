import type { HeaderFields } from '../record/evidence.ts';

/** With what a request identifies its sender. Never the secret itself. */
export interface Credential {
  /** The scheme of `Authorization`, as it was sent; `cookie` for cookies alone; empty for a bare value. */
  readonly scheme: string;
  /** The same for the same secret within one record; undefined where the record has it masked. */
  readonly key: string | undefined;
  /** The secret was sent between quotation marks. */
  readonly quoted?: true;
  /** The same for all tokens of one user and application, where the token names them; otherwise undefined. */
  readonly holder?: string;
  /** The secret stands in the callback URL of the same request, too. */
  readonly inCallback?: true;
}

/** One side of an exchange: what was sent, secrets masked. */
export interface TrafficMessage {
  readonly headers: HeaderFields;
  /** Undefined where there is none, or the record does not have it. */
  readonly body: string | undefined;
}

/**
 * One request with its answer, whoever sent it: the one form that every reader gives and every rule reads.
 * Times are epoch milliseconds on one clock of the record, the target's where it is known.
 */
export interface TrafficExchange {
  /** Position in the record, from 1. */
  readonly number: number;
  /** Which of several files it comes from, from 0. */
  readonly file: number;
  readonly from: number;
  readonly to: number;
  /** In upper case. */
  readonly method: string;
  readonly url: string;
  readonly credential: Credential | undefined;
  readonly request: TrafficMessage;
  /** Undefined where no answer came: the connection was cut, or the record ends before. */
  readonly answer: (TrafficMessage & { readonly status: number }) | undefined;
  /** Why no answer came, where the record says that none did; a record that merely lacks it says nothing. */
  readonly unanswered?: string;
  /** The `$batch` that it was a part of. */
  readonly batch?: TrafficExchange;
}

/** Fields of a message in lines of `name: value`. */
export function fieldsInLines(lines: readonly string[]): HeaderFields {
  return lines.flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    return at < 1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()]];
  });
}

/** A value of a header, whatever its casing; several fields of a name joined with `, `. */
export function headerIn({ headers }: TrafficMessage, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const found = headers.filter(([each]) => each.toLowerCase() === wanted).map(([, value]) => value);
  return found.length === 0 ? undefined : found.join(', ');
}

/** The JSON object of a body; undefined where it is none. */
export function objectIn(body: string | undefined): Record<string, unknown> | undefined {
  if (body === undefined || !/^\s*\{/.test(body)) return undefined;
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Whether a record has a message's body to its end: tools leave bodies out, and cut long ones. */
export function hasWholeBody(message: TrafficMessage): boolean {
  const { body } = message;
  const length = headerIn(message, 'content-length');
  if (body === undefined) return length === '0';
  if (objectIn(body) !== undefined || !/^\s*[{[]/.test(body)) return true;
  // JSON that does not end: the sender's doing only where all is there that was sent.
  return length !== undefined && Buffer.byteLength(body) >= Number(length);
}
