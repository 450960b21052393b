import { getResponse, type HttpHandler } from 'msw';
import { createHandlers, withPreferFields } from '../simulator/handlers.ts';
import type { PlainRequest } from '../simulator/plain.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { WireAnswer, WireRequest } from './answer.ts';
import type { SendOptions, Transport } from './transport.ts';
import { TransportError } from './verdict.ts';

/** A way from the client to an embedded simulator. */
export type Door = (simulator: Simulator, origin: string) => Transport;

/** Through the MSW handlers, as a client's own tests would reach the simulator. */
export const throughHandlers: Door = (simulator, origin) => {
  const handlers = createHandlers(simulator, origin);
  return { send: (request, options) => ask(handlers, request, options), close: () => Promise.resolve() };
};

/**
 * Straight to the resources, without the request and response objects of the web platform: for the
 * self-test, which runs the suite hundreds of times. Header fields stay as they are written, as over HTTP.
 */
export const straightIn: Door = (simulator, origin) => ({
  send: async (wire, { disconnect = false } = {}) => {
    let gone: (() => void) | undefined;
    const request = plainRequest(wire, origin, (listener) => (gone = listener));
    const { status, headers, body = '' } = await simulator.handle(request);
    if (disconnect) gone?.();
    return { status, headers, body: disconnect ? '' : body };
  },
  close: () => Promise.resolve(),
});

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

function plainRequest(
  wire: WireRequest,
  origin: string,
  onGone: NonNullable<PlainRequest['onGone']>,
): PlainRequest {
  const url = new URL(wire.url);
  const headers: Record<string, string> = {};
  const prefer: string[] = [];
  for (const [field, value] of wire.headers) {
    const name = field.toLowerCase();
    const before = headers[name];
    headers[name] = before === undefined ? value.trim() : `${before}, ${value.trim()}`;
    if (name === 'prefer') prefer.push(value);
  }
  return {
    method: wire.method.toUpperCase(),
    path: url.pathname,
    query: url.search.slice(1),
    origin,
    headers,
    prefer,
    body: wire.body ?? '',
    onGone,
  };
}
