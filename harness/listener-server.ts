import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Listener } from './listener.ts';

/** A listener that is being served. */
export interface ServedListener {
  readonly port: number;
  close(): Promise<void>;
}

/** Connections at the same time, in all and from one address; whoever comes later is turned away. */
const maxConnections = 1_000;
const maxConnectionsOfAddress = 400;
/** Bodies that are being received at the same time, in all, in bytes; whoever comes later gets 503. */
const maxReceiving = 96 * 1024 * 1024;
/** How long a client may go on sending what nobody reads, before its connection is cut. */
const lingerMs = 2_000;

/**
 * Serves a listener over HTTP. It may stand behind a public address, so nobody may fill the memory
 * through it: a path that nobody opened gets its 404 after the first kilobytes, and elsewhere a longer
 * body than wanted is answered 413. The rest of such a body is thrown away.
 *
 * @param port 0 for any free one
 * @param maxBodyBytes the longest body that an open path takes
 */
export async function serveListener(
  listener: Listener,
  host: string,
  port: number,
  maxBodyBytes: number,
): Promise<ServedListener> {
  const settings = { headersTimeout: 15_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 };
  const receiving: Receiving = { bytes: 0 };
  const server = createServer(settings, (request, response) => {
    receive(listener, request, response, maxBodyBytes, receiving).catch(() => response.destroy());
  });
  server.maxConnections = maxConnections;
  server.on('drop', () => {
    listener.turnedAway += 1;
  });
  limitAddresses(server, listener);
  listener.served = true;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** How much of bodies is in memory, of which nobody has the whole yet. */
interface Receiving {
  bytes: number;
}

/** Turns away who has too many connections already, so that one address leaves room for others. */
function limitAddresses(server: Server, listener: Listener): void {
  const connections = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (connections.get(address) ?? 0) + 1;
    if (count > maxConnectionsOfAddress) {
      listener.turnedAway += 1;
      socket.destroy();
      return;
    }
    connections.set(address, count);
    socket.once('close', () => {
      const left = (connections.get(address) ?? 1) - 1;
      if (left <= 0) connections.delete(address);
      else connections.set(address, left);
    });
  });
}

async function receive(
  listener: Listener,
  request: IncomingMessage,
  response: ServerResponse,
  maxBodyBytes: number,
  receiving: Receiving,
): Promise<void> {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const body = await bodyOf(request, listener.bodyLimit(path, maxBodyBytes), receiving);
  if (body === 'full') {
    if (listener.knows(path)) listener.turnedAway += 1;
    refuse(request, response, 503);
    return;
  }
  if (body === 'too long' && listener.knows(path)) {
    refuse(request, response, 413);
    return;
  }
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    headers.push([request.rawHeaders[i] ?? '', request.rawHeaders[i + 1] ?? '']);
  }
  const reply = await listener.handle({
    method: request.method ?? 'GET',
    path,
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers,
    body: body === 'too long' ? '' : body.toString('utf8'),
  });
  if (reply === 'cut') {
    response.destroy();
    return;
  }
  if (body === 'too long') {
    refuse(request, response, reply.status);
    return;
  }
  response.writeHead(reply.status, {
    // With its length the answer is one piece, and no chunks. A 204 has none (RFC 9110, 8.6).
    ...(reply.status === 204 ? {} : { 'Content-Length': Buffer.byteLength(reply.body ?? '') }),
    ...(reply.body === undefined ? {} : { 'Content-Type': reply.contentType ?? 'application/json' }),
    ...(reply.location === undefined ? {} : { Location: reply.location }),
    ...(reply.retryAfter === undefined ? {} : { 'Retry-After': String(reply.retryAfter) }),
    // A target that keeps cookies would send it with the next callback.
    // One that signs in when it is asked to would call again with credentials.
    ...(reply.status === 401 ? { 'WWW-Authenticate': 'Bearer realm="bgop"' } : {}),
    ...(listener.knows(path) ? { 'Set-Cookie': 'bgop-receiver=1; Path=/; HttpOnly' } : {}),
  });
  response.end(reply.body);
}

/** The whole body, unless it is longer than so many bytes: then the rest stays where it is. */
function bodyOf(
  request: IncomingMessage,
  limit: number,
  receiving: Receiving,
): Promise<Buffer | 'too long' | 'full'> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve('too long');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const done = (settle: () => void): void => {
      receiving.bytes -= chunks.reduce((sum, { length }) => sum + length, 0);
      chunks.length = 0;
      settle();
    };
    const giveUp = (why: 'too long' | 'full'): void => {
      request.removeAllListeners('data').pause();
      done(() => resolve(why));
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) giveUp('too long');
      else if (receiving.bytes + chunk.length > maxReceiving) giveUp('full');
      else {
        receiving.bytes += chunk.length;
        chunks.push(chunk);
      }
    });
    request.once('end', () => {
      const whole = Buffer.concat(chunks);
      done(() => resolve(whole));
    });
    request.once('error', (error) => done(() => reject(error)));
    request.once('close', () => done(() => reject(new Error('the client went away'))));
  });
}

/** Answers without having read everything, and cuts the connection if the client does not stop sending. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.writeHead(status, { Connection: 'close', 'Content-Length': 0 }).end();
  const timer = setTimeout(() => request.destroy(), lingerMs);
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
