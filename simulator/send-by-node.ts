import type { ClientRequest, IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { OutboundAnswer, OutboundRequest } from './behaviour/delivery.ts';
import { pieces } from './http/formed-answers.ts';
import { http, https } from './http/node-http.ts';
import { interimAnswers, longestAnswer, ReadBudget } from './http/outbound-limits.ts';

// As they were when this was loaded, as an import has them.
const { request: httpRequest } = http;
const { request: httpsRequest } = https;

/** How a sender is made. */
export interface SenderOptions {
  /** Why a host may not be called, by its name or address as it stands in the URL; undefined if it may. */
  readonly refuses?: (hostname: string) => string | undefined;
  /** Resolves names; by default as Node does. */
  readonly lookup?: LookupFunction;
}

/** Sends outbound requests. */
export type Sender = (outbound: OutboundRequest) => Promise<OutboundAnswer>;

/**
 * Sends outbound requests with `node:http`, which leaves path and query as they were written
 * (`fetch` would encode some characters anew, and a signature in the query would no longer match).
 * Each takes a connection of its own: a receiver may cut it, and nothing is sent twice. Whatever the
 * receiver does, a call settles within its `timeoutMs` of real time.
 */
export function createSender({ refuses = () => undefined, lookup }: SenderOptions = {}): Sender {
  const budget = new ReadBudget();
  return (outbound) =>
    new Promise((resolve, reject) => {
      const target = new URL(outbound.url);
      const hostname = target.hostname.replace(/^\[|\]$/g, '');
      const refusal = refuses(hostname);
      if (refusal !== undefined) throw new Error(refusal);
      const request = requestFor(outbound, target, hostname, lookup);
      let held = 0;
      let settled = false;
      const settle = (end: () => void) => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        budget.free(held);
        end();
        request.destroy();
      };
      const fail = (error: Error) => {
        settle(() => {
          reject(error);
        });
      };
      const timer = setTimeout(() => {
        fail(new Error(`no whole answer came within ${outbound.timeoutMs / 1000} s`));
      }, outbound.timeoutMs);
      request.on('error', fail);
      // Node answers nothing at all when a receiver switches protocols, or goes without a word.
      request.on('upgrade', (answer: IncomingMessage) => {
        fail(new Error(`the receiver answered ${answer.statusCode ?? 101}, as if to switch protocols`));
      });
      request.on('close', () => {
        fail(new Error('the receiver closed the connection without a whole answer'));
      });
      let interim = 0;
      request.on('information', () => {
        interim += 1;
        if (interim > interimAnswers) fail(new Error('the receiver sent interim answers (1xx) without end'));
      });
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => {
          if (settled) return;
          if (held + chunk.length > longestAnswer) fail(new Error('the answer is too long'));
          else if (!budget.take(chunk.length)) fail(new Error('too many long answers at the same time'));
          else {
            held += chunk.length;
            chunks.push(chunk);
          }
        });
        response.on('error', fail);
        response.on('end', () => {
          settle(() => {
            resolve({
              status: response.statusCode ?? 0,
              body: Buffer.concat(chunks).toString('utf8'),
              retryAfter: response.headers['retry-after'],
            });
          });
        });
      });
      sendBody(request, outbound);
    });
}

/** Sends to any host. */
export const sendByNode: Sender = createSender();

function requestFor(
  outbound: OutboundRequest,
  target: URL,
  hostname: string,
  lookup: LookupFunction | undefined,
): ClientRequest {
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return send({
    protocol: target.protocol,
    hostname,
    port: target.port,
    path: writtenPath(outbound.url) ?? `${target.pathname}${target.search}`,
    method: outbound.method,
    headers: [
      'Host',
      target.host,
      ...outbound.headers.flatMap(([name, value]) => [name, value]),
      ...framing(outbound),
    ],
    agent: false,
    ...(lookup === undefined ? {} : { lookup }),
  });
}

/** Milliseconds after which a body is sent although the receiver has not said that it goes on (RFC 9110, 10.1.1). */
const goesOnWithinMs = 1_000;

/** Sends the body in its form: in chunks, or once the receiver wants it. */
function sendBody(request: ClientRequest, { body, form }: OutboundRequest): void {
  if (form !== 'expect') {
    for (const piece of form === 'chunks' ? pieces(Buffer.from(body), form) : []) request.write(piece);
    request.end(form === 'chunks' ? undefined : body);
    return;
  }
  const goOn = (): void => {
    clearTimeout(timer);
    if (!request.destroyed && !request.writableEnded) request.end(body);
  };
  const timer = setTimeout(goOn, goesOnWithinMs);
  request.once('continue', goOn);
  // A final answer instead: the body is not wanted any more.
  request.once('close', () => {
    clearTimeout(timer);
  });
  request.flushHeaders();
}

function framing({ body, form }: OutboundRequest): string[] {
  if (form === 'chunks') return ['Transfer-Encoding', 'chunked'];
  const length = ['Content-Length', String(Buffer.byteLength(body))];
  return form === 'expect' ? [...length, 'Expect', '100-continue'] : length;
}

/** Path and query as written; undefined if HTTP cannot carry them so. */
function writtenPath(url: string): string | undefined {
  const path = /^https?:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] ?? '';
  if (!/^[\x21-\x7e]*$/.test(path)) return undefined;
  return path.startsWith('/') ? path : `/${path}`;
}
