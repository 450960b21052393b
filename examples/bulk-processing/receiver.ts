import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The payload of a callback. */
export type Callback = Readonly<Record<string, unknown>>;

/** A server that background operations call back, on a free port of this machine. */
export interface Receiver {
  /** Makes the address of one batch; it holds a secret, so that nobody else can report for it. */
  readonly urlFor: (batch: number) => string;
  readonly close: () => Promise<void>;
}

/** Starts a receiver; `onCallback` is told of each call of an address that it made. */
export async function startReceiver(
  onCallback: (batch: number, callback: Callback) => void,
): Promise<Receiver> {
  const secret = crypto.randomUUID();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [, batch, signature] = /^\/batches\/(\d+)\?sig=(.+)$/.exec(request.url ?? '') ?? [];
      const known = request.method === 'POST' && signature === secret;
      const callback = known ? callbackIn(Buffer.concat(chunks).toString()) : undefined;
      response.writeHead(callback !== undefined ? 200 : known ? 400 : 404).end();
      if (callback !== undefined) onCallback(Number(batch), callback);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlFor: (batch) => `http://127.0.0.1:${port}/batches/${batch}?sig=${secret}`,
    close: () => new Promise((resolve) => server.close(() => resolve()) && server.closeAllConnections()),
  };
}

function callbackIn(body: string): Callback | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
