import { getResponse, type HttpHandler } from 'msw';
import type { WireAnswer, WireRequest } from '../harness/answer.ts';
import type { OpenTransport } from '../harness/embedded-transport.ts';
import type { SendOptions } from '../harness/transport.ts';
import { TransportError } from '../harness/verdict.ts';
import { createHandlers, withPreferFields } from '../simulator/handlers.ts';

/** Reaches an embedded simulator through its MSW handlers, as the tests of a client do. */
export const handlersTransport: OpenTransport = (simulator, origin) => {
  const handlers = createHandlers(simulator, origin);
  return { send: (request, options) => ask(handlers, request, options), close: () => Promise.resolve() };
};

async function ask(
  handlers: HttpHandler[],
  wire: WireRequest,
  options: SendOptions = {},
): Promise<WireAnswer> {
  const connection = new AbortController();
  const request = new Request(wire.url, {
    method: wire.method,
    headers: wire.headers.map(([name, value]): [string, string] => [name, value]),
    body: wire.body ?? null,
    signal: connection.signal,
  });
  const prefer = wire.headers.filter(([name]) => name.toLowerCase() === 'prefer').map(([, value]) => value);
  const response = await getResponse(handlers, withPreferFields(request, prefer));
  if (response === undefined) throw new TransportError(`${wire.method} ${wire.url}: nothing is served there`);
  const headers = [...response.headers];
  if (options.disconnect === true) {
    connection.abort();
    return { status: response.status, headers, body: '' };
  }
  return { status: response.status, headers, body: await response.text() };
}
