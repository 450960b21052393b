import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Listener } from './listener.ts';

const bodyLimit = 8 * 1024 * 1024;

/** A listener that is being served. */
export interface ServedListener {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves a listener over HTTP. Bodies over 8 MB are answered 413, so that nobody can fill the memory
 * through a public address.
 *
 * @param port 0 for any free one
 */
export async function serveListener(listener: Listener, host: string, port: number): Promise<ServedListener> {
  const server = createServer((request, response) => {
    receive(listener, request, response).catch(() => response.destroy());
  });
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

async function receive(
  listener: Listener,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) {
      response.writeHead(413, { Connection: 'close' }).end();
      return;
    }
    chunks.push(chunk);
  }
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    headers.push([request.rawHeaders[i] ?? '', request.rawHeaders[i + 1] ?? '']);
  }
  const reply = await listener.handle({
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  });
  if (reply === 'cut') {
    response.destroy();
    return;
  }
  response.writeHead(
    reply.status,
    reply.body === undefined ? {} : { 'Content-Type': reply.contentType ?? 'application/json' },
  );
  response.end(reply.body);
}
