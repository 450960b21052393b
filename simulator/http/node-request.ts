import type { IncomingMessage } from 'node:http';
import type { PlainRequest } from '../plain.ts';

const authority = /^[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/i;

/** What a request is sent to (RFC 9112, 3.2). */
interface Target {
  /** Of a target that is a whole address; undefined for a path. */
  readonly authority: string | undefined;
  /** Without the query. */
  readonly path: string;
  /** Without `?`; empty if there is none. */
  readonly query: string;
}

/** Reads the target of a request. */
export function readTarget(url = '/'): Target {
  const whole = url.startsWith('/') ? null : /^https?:\/\/([^/?#]*)/i.exec(url);
  const target = whole === null ? url : url.slice(whole[0].length);
  const mark = target.indexOf('?');
  return {
    authority: whole?.[1],
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
  };
}

/** Makes what tells the origin that clients have called from the host that they name; `own` is that of all others. */
export function createOrigins(scheme: string, own: () => string): (host: string) => string {
  // Nearly all requests name the same host: one text serves them all, and what is kept of them.
  let known = '';
  let origin = '';
  return (host) => {
    if (host === known && origin !== '') return origin;
    if (!authority.test(host)) return own();
    known = host;
    origin = `${scheme}://${host}`;
    return origin;
  };
}

/** A request of Node as every resource takes it. */
export function plainRequest(
  incoming: IncomingMessage,
  { path, query }: Target,
  originOf: (host: string) => string,
  body: string,
): PlainRequest {
  const { prefer, host = '' } = incoming.headers;
  return {
    method: incoming.method ?? 'GET',
    path,
    query,
    origin: originOf(host),
    headers: incoming.headers as Record<string, string | undefined>,
    prefer: prefer === undefined ? [] : preferFields(incoming.rawHeaders),
    body,
    onGone: (listener) => {
      incoming.socket.once('close', listener);
    },
  };
}

/** The `Prefer` fields one by one, which `headers` has joined already. */
function preferFields(rawHeaders: readonly string[]): string[] {
  const fields: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase() === 'prefer') fields.push(rawHeaders[at + 1] ?? '');
  }
  return fields;
}
