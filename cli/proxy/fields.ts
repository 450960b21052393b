import type { ServerResponse } from 'node:http';
import { faultOf } from '../../harness/client/no-answer.ts';
import { codeOf } from '../../harness/file-problem.ts';
import { valuesOf, type RawFields } from './passed.ts';

/** Bytes of the head of a message at most; as much as the simulator takes, for its longest queries. */
export const maxHeaderSize = 96 * 1024;

// What belongs to one connection and not to the message: each side of the proxy has its own. All else stays as it is.

const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade']);

/** Fields of a request as they go to the target; `host` takes the place of the client's where it is given. */
export function requestFields(fields: RawFields, host: string | undefined): string[] {
  const sent: string[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const name = fields[at] ?? '';
    const lower = name.toLowerCase();
    if (ofConnection.has(lower)) continue;
    sent.push(name, lower === 'host' && host !== undefined ? host : (fields[at + 1] ?? ''));
  }
  return sent;
}

/** Fields of an answer as they go to the client. HTTP/1.0 knows no chunks: there the end of the connection ends it. */
export function answerFields(fields: RawFields, httpVersion: string): string[] {
  const sent: string[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const name = fields[at] ?? '';
    const lower = name.toLowerCase();
    if (lower === 'transfer-encoding' ? httpVersion === '1.0' : ofConnection.has(lower)) continue;
    sent.push(name, fields[at + 1] ?? '');
  }
  return sent;
}

/** Whether a request has a body, by its fields. */
export function announcesBody(fields: RawFields): boolean {
  return (
    valuesOf(fields, 'transfer-encoding').length > 0 ||
    valuesOf(fields, 'content-length').some((length) => Number(length) > 0)
  );
}

/** Changes the origin of `Location` where it is `from`. */
export function changeLocation(fields: string[], from: string, to: string): void {
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const value = fields[at + 1] ?? '';
    if (fields[at]?.toLowerCase() === 'location' && URL.canParse(value) && new URL(value).origin === from)
      fields[at + 1] = to + value.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
  }
}

/** Why a target could not be reached, in words; undefined where it was reached, and then cut the connection. */
export function whyUnreached(error: Error): string | undefined {
  const { what, taken } = faultOf(error);
  const code = codeOf(error) ?? '';
  // A name that nobody knows, or a certificate that is not trusted: nothing was sent.
  const nothingSent = !taken || code === 'ENOTFOUND' || /CERT|SIGNATURE|ISSUER|SSL|EPROTO/.test(code);
  return nothingSent ? what : undefined;
}

/** Answers for a target that cannot be reached. */
export function refuse(response: ServerResponse, why: string): void {
  response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`bgop proxy could not reach the target: ${why}\n`);
}
