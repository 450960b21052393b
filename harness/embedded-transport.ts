import type { PlainRequest } from '../simulator/plain.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { WireRequest } from './answer.ts';
import type { Transport } from './transport.ts';

/** Makes the transport by which the client reaches an embedded simulator at its origin. */
export type OpenTransport = (simulator: Simulator, origin: string) => Transport;

/**
 * Hands requests to the simulator's resources as plain data, without a network and without the request
 * and response objects of the web platform. Header fields stay as they are written, as over HTTP.
 */
export const directTransport: OpenTransport = (simulator, origin) => ({
  send: async (wire, { disconnect = false } = {}) => {
    let gone: (() => void) | undefined;
    const request = plainRequest(wire, origin, (listener) => (gone = listener));
    const { status, headers, body = '' } = await simulator.handle(request);
    if (disconnect) gone?.();
    return { status, headers, body: disconnect ? '' : body };
  },
  close: () => Promise.resolve(),
});

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
