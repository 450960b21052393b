import type { IncomingMessage } from 'node:http';
import type { PlainRequest } from '../plain.ts';

const authority = /^[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/i;

/** The authority of a request target that is a whole address (RFC 9112, 3.2.2); undefined for a path. */
export function absoluteAuthority(url = '/'): string | undefined {
  return url.startsWith('/') ? undefined : /^https?:\/\/([^/?#]*)/i.exec(url)?.[1];
}

/** The path of a request target, without the query. */
export function pathOf(url = '/'): string {
  const target = targetOf(url);
  const mark = target.indexOf('?');
  return mark < 0 ? target : target.slice(0, mark);
}

function targetOf(url: string): string {
  return url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*/i, '');
}

/** A request of Node as every resource takes it. */
export function plainRequest(
  incoming: IncomingMessage,
  scheme: string,
  ownOrigin: () => string,
  body: string,
): PlainRequest {
  const { prefer, host = '' } = incoming.headers;
  const url = targetOf(incoming.url ?? '/');
  const mark = url.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    origin: authority.test(host) ? `${scheme}://${host}` : ownOrigin(),
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
