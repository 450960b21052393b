import type { Field } from '../plain.ts';
import type { JournalEntry } from './journal.ts';

/** An HTTP archive (HAR 1.2), which the network panel of a browser and proxies open. */
export interface HttpArchive {
  readonly log: {
    readonly version: '1.2';
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: HarEntry[];
  };
}

interface NameAndValue {
  readonly name: string;
  readonly value: string;
}

/** A type of its own, not an interface: only such has the index of further members that archives may have. */
type HarEntry = {
  readonly startedDateTime: string;
  /** Milliseconds. */
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
    readonly cookies: [];
    readonly headers: NameAndValue[];
    readonly queryString: NameAndValue[];
    readonly headersSize: -1;
    readonly bodySize: number;
    readonly postData?: { readonly mimeType: string; readonly text: string };
  };
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly cookies: [];
    readonly headers: NameAndValue[];
    readonly content: { readonly size: number; readonly mimeType: string; readonly text?: string };
    readonly redirectURL: string;
    readonly headersSize: -1;
    readonly bodySize: number;
  };
  readonly cache: Record<string, never>;
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
  readonly comment?: string;
};

/** Entries of the journal as an HTTP archive; secrets in addresses and bodies are masked, too. */
export function archiveOf(entries: readonly JournalEntry[]): HttpArchive {
  return {
    log: {
      version: '1.2',
      // HAR wants a version; the code that runs in a browser does not know that of its package.
      creator: { name: 'background-operations-simulator', version: '' },
      entries: entries.map(harEntry),
    },
  };
}

function harEntry(entry: JournalEntry): HarEntry {
  const { at, durationMs, method, origin, path, status } = entry;
  const query = masked(entry.query);
  const body = masked(entry.body);
  const answer = entry.answerBody === undefined ? undefined : masked(entry.answerBody);
  const type = entry.headers['content-type'] ?? '';
  const answered = (name: string) =>
    entry.answerHeaders.find((field) => field[0].toLowerCase() === name)?.[1] ?? '';
  return {
    startedDateTime: at,
    time: durationMs,
    request: {
      method,
      url: `${origin}${path}${query === '' ? '' : `?${query}`}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: fieldsOf(Object.entries(entry.headers)),
      queryString: [...new URLSearchParams(query)].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: bytes(body),
      ...(body === '' ? {} : { postData: { mimeType: type, text: body } }),
    },
    response: {
      status: status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: fieldsOf(entry.answerHeaders),
      content: {
        size: bytes(answer ?? ''),
        mimeType: answered('content-type'),
        ...(answer === undefined ? {} : { text: answer }),
      },
      redirectURL: answered('location'),
      headersSize: -1,
      bodySize: bytes(answer ?? ''),
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(status === undefined ? { comment: 'The connection was cut instead of answering.' } : {}),
  };
}

function fieldsOf(fields: readonly Field[]): NameAndValue[] {
  return fields.map(([name, value]) => ({ name, value: masked(value) }));
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

const secretMember =
  /("(?:authvalue|password|secret|client_secret|token|access_token)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;
const secretParameter = /([?&](?:sig|code|key|token|secret|access_token)=)[^&#"\s]+/gi;

/** A text without what opens a door elsewhere: keys of webhooks, signatures in callback addresses. */
function masked(text: string): string {
  return text.replace(secretMember, '$1"***"').replace(secretParameter, '$1***');
}
