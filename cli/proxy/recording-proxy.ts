import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent as HttpAgent, createServer } from 'node:http';
import { Agent as TlsAgent, createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { createProxyServer } from 'http-proxy-3';
import type { HeaderFields } from '../../record/evidence.ts';
import type { RawExchange } from '../../traffic/take-in.ts';
import { changeLocation, keepRepeated, refuse, whyUnreached, writeAsSent } from './pass-on.ts';

/** Where a proxy listens, and what it stands before. */
export interface ProxyPlace {
  readonly target: string;
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** Whether the target is told its own name in `Host` instead of the proxy's. */
  readonly changeOrigin: boolean;
  /** Whether `Location` of the target's origin is changed to the proxy's: the only thing that ever is. */
  readonly rewriteLocation: boolean;
}

/** A proxy that listens. */
export interface RunningProxy {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Bytes of one body that are recorded; the rest passes unrecorded. */
const recordedBytes = 1_000_000;

/**
 * Starts a reverse proxy that passes everything on as it is, as a stream, and tells what passed once an answer
 * has ended. A connection that the target cuts is cut; a target that is not there is answered for with 502.
 */
export async function startProxy(
  place: ProxyPlace,
  record: (raw: RawExchange) => void,
  onUnreachable: (why: string) => void = () => undefined,
): Promise<RunningProxy> {
  const { target, host, port, tls, changeOrigin, rewriteLocation } = place;
  const secure = target.startsWith('https:');
  const agent = new (secure ? TlsAgent : HttpAgent)({ keepAlive: true, maxSockets: 256 });
  const proxy = createProxyServer({ target, changeOrigin, agent, preserveHeaderKeyCase: true });
  let url = '';
  const open = new WeakMap<IncomingMessage, Recording>();
  proxy.on('proxyReq', writeAsSent);
  proxy.on('proxyRes', (answer, request, response) => {
    if (rewriteLocation) changeLocation(answer, new URL(target).origin, url);
    keepRepeated(answer);
    // A target that ends in the middle of its answer ends here, too.
    answer.once('close', () => {
      if (!answer.complete) response.destroy();
    });
    const recording = open.get(request);
    if (recording === undefined) return;
    recording.answer = answer;
    collect(answer, recording.answerBody);
  });
  proxy.on('error', (error, _request, response) => {
    const why = whyUnreached(error);
    if (why !== undefined) onUnreachable(why);
    if (why !== undefined && 'writeHead' in response && !response.headersSent) refuse(response, why);
    else response.destroy();
  });
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const recording: Recording = {
      request,
      from: Date.now(),
      began: performance.now(),
      body: [],
      answerBody: [],
    };
    open.set(request, recording);
    // However it ends: answered, cut by the target, or given up by the client.
    response.once('close', () => {
      finish(recording, target, record);
    });
    collect(request, recording.body);
    proxy.web(request, response);
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer({ ...tls }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  url = `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  return {
    url,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

interface Recording {
  readonly request: IncomingMessage;
  readonly from: number;
  readonly began: number;
  readonly body: Buffer[];
  readonly answerBody: Buffer[];
  answer?: IncomingMessage;
}

/** Listens to a body beside whoever passes it on. */
function collect(message: IncomingMessage, into: Buffer[]): void {
  let bytes = 0;
  message.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= recordedBytes) into.push(chunk);
  });
}

function finish(recording: Recording, target: string, record: (raw: RawExchange) => void): void {
  const { request, from, began, answer } = recording;
  record({
    from,
    durationMs: performance.now() - began,
    method: request.method ?? 'GET',
    url: request.url?.startsWith('/') === true ? target + request.url : (request.url ?? '/'),
    headers: fieldsOf(request),
    body: textOf(recording.body, request),
    status: answer?.statusCode,
    answerHeaders: answer === undefined ? [] : fieldsOf(answer),
    answerBody: answer === undefined ? '' : textOf(recording.answerBody, answer),
  });
}

function fieldsOf({ rawHeaders }: IncomingMessage): HeaderFields {
  const fields: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    fields.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  return fields;
}

const unpack = { gzip: gunzipSync, br: brotliDecompressSync, deflate: inflateSync } as const;

function textOf(chunks: readonly Buffer[], { headers }: IncomingMessage): string {
  const bytes = Buffer.concat(chunks);
  const coding = String(headers['content-encoding'] ?? '');
  try {
    const whole = coding in unpack ? unpack[coding as keyof typeof unpack](bytes) : bytes;
    return whole.toString('utf8');
  } catch {
    // It was longer than what is recorded.
    return '';
  }
}
