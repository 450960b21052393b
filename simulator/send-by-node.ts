import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { OutboundAnswer, OutboundRequest } from './behaviour/delivery.ts';

/** Bytes of an answer that are read; the rest does not matter to anybody. */
const longestAnswer = 16 * 1024 * 1024;

/**
 * Sends an outbound request with `node:http`, which leaves path and query as they were written
 * (`fetch` would encode some characters anew, and a signature in the query would no longer match).
 * Each takes a connection of its own: a receiver may cut it, and nothing is sent twice.
 */
export function sendByNode(outbound: OutboundRequest): Promise<OutboundAnswer> {
  return new Promise((resolve, reject) => {
    const target = new URL(outbound.url);
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const body = Buffer.from(outbound.body);
    const request = send({
      protocol: target.protocol,
      hostname: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port,
      path: writtenPath(outbound.url) ?? `${target.pathname}${target.search}`,
      method: outbound.method,
      headers: [
        'Host',
        target.host,
        ...outbound.headers.flatMap(([name, value]) => [name, value]),
        'Content-Length',
        String(body.length),
      ],
      agent: false,
      signal: AbortSignal.timeout(outbound.timeoutMs),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > longestAnswer) response.destroy(new Error('the answer is too long'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    request.end(body);
  });
}

/** Path and query as written; undefined if HTTP cannot carry them so. */
function writtenPath(url: string): string | undefined {
  const path = /^https?:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] ?? '';
  if (!/^[\x21-\x7e]*$/.test(path)) return undefined;
  return path.startsWith('/') ? path : `/${path}`;
}
