import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { PlainAnswer, PlainRequest } from './plain.ts';
import { sendByNode } from './send-by-node.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';
import { createSimulator } from './simulator.ts';
import { errorAnswer, errors } from './web-api/errors.ts';

/** Where the server listens. `port` 0 takes a free one; key and certificate (PEM) make it https. */
export interface ServerOptions {
  readonly host?: string;
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Bytes that a request's body may have; more is answered 413. Default: 16 MiB. */
  readonly bodyLimit?: number;
}

/** A listening server. */
export interface RunningServer {
  /** E.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly simulator: Simulator;
  /** Stops listening, cuts what is open, and disposes of the simulator. */
  readonly close: () => Promise<void>;
}

const defaultBodyLimit = 16 * 1024 * 1024;

/** Serves a simulator (or a new one with these options) over HTTP; rejects if the port is taken. */
export async function startServer(
  from: Simulator | SimulatorOptions = {},
  { host = '127.0.0.1', port = 0, tls, bodyLimit = defaultBodyLimit }: ServerOptions = {},
): Promise<RunningServer> {
  const simulator = 'handle' in from ? from : createSimulator({ send: sendByNode, ...from });
  const scheme = tls === undefined ? 'http' : 'https';
  let origin = '';
  const listener: RequestListener = (incoming, response) => {
    receive(
      incoming,
      response,
      simulator,
      bodyLimit,
      (authority) => `${scheme}://${authority}`,
      () => origin,
    );
  };
  // A query may have 32,768 characters, which the limit of Node would not let in.
  const settings = { keepAliveTimeout: 30_000, insecureHTTPParser: false, maxHeaderSize: 96 * 1024 };
  const server: Server =
    tls === undefined ? createServer(settings, listener) : createTlsServer({ ...settings, ...tls }, listener);
  await listen(server, port, host);
  const address = server.address() as AddressInfo;
  origin = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  return {
    url: origin,
    simulator,
    close: () =>
      new Promise((resolve) => {
        simulator.dispose();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

const authority = /^[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/i;

function receive(
  incoming: IncomingMessage,
  response: ServerResponse,
  simulator: Simulator,
  bodyLimit: number,
  originOf: (authority: string) => string,
  ownOrigin: () => string,
): void {
  const { host = '' } = incoming.headers;
  const origin = authority.test(host) ? originOf(host) : ownOrigin();
  const announced = Number(incoming.headers['content-length'] ?? 0);
  if (announced > bodyLimit) {
    refuseBody(response, bodyLimit);
    return;
  }
  if (announced === 0 && incoming.headers['transfer-encoding'] === undefined) {
    void answer(plainRequest(incoming, origin, ''), response, simulator);
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  incoming.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= bodyLimit) chunks.push(chunk);
    else if (!response.headersSent) {
      chunks.length = 0;
      refuseBody(response, bodyLimit);
    }
  });
  incoming.on('end', () => {
    if (length > bodyLimit) return;
    const [only] = chunks;
    const body = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
    void answer(plainRequest(incoming, origin, body.toString('utf8')), response, simulator);
  });
  // A client that goes away in the middle of its request has asked for nothing.
  incoming.on('error', () => undefined);
}

function plainRequest(incoming: IncomingMessage, origin: string, body: string): PlainRequest {
  // A client may name the whole address (RFC 9112, 3.2.2).
  const url = (incoming.url ?? '/').replace(/^https?:\/\/[^/?#]*/i, '');
  const mark = url.indexOf('?');
  const { prefer } = incoming.headers;
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    origin,
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

async function answer(request: PlainRequest, response: ServerResponse, simulator: Simulator): Promise<void> {
  const handled = simulator.handle(request);
  write(response, handled instanceof Promise ? await handled : handled);
}

function refuseBody(response: ServerResponse, bodyLimit: number): void {
  // Node reads the rest of the body and throws it away.
  write(response, errorAnswer(errors.tooLarge(bodyLimit)));
}

function write(response: ServerResponse, { status, headers, body }: PlainAnswer): void {
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  if (body !== undefined) flat.push('Content-Length', String(Buffer.byteLength(body)));
  else if (status !== 204 && status !== 304) flat.push('Content-Length', '0');
  response.writeHead(status, flat);
  response.end(body);
}
