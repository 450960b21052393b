import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Field } from '../plain.ts';
import type { AnswerForm, CallForm } from './forms.ts';
import { http } from './node-http.ts';

const compress = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

/** Bytes that get chunks of their own; the rest of a long body comes in one. */
const mostSingle = 4_096;
const chunkBytes = 7;

/** An answer in parts that are ready to be written. */
interface Formed {
  readonly status: number;
  readonly fields: readonly Field[];
  readonly body: Buffer | undefined;
  readonly form: AnswerForm;
}

/** Puts an answer into a form that its client accepts. `accepts` is the request's `Accept-Encoding`. */
export function formAnswer(
  status: number,
  fields: readonly Field[],
  body: string | undefined,
  accepts: string | undefined,
  form: AnswerForm,
): Formed {
  const shown: Field[] = form.dateSkewMs === 0 ? [...fields] : [...fields, ['Date', skewed(form.dateSkewMs)]];
  let bytes = body === undefined ? undefined : Buffer.from(body);
  if (form.coding !== 'none' && bytes !== undefined && acceptsCoding(accepts, form.coding)) {
    bytes = compress[form.coding](bytes);
    shown.push(['Content-Encoding', form.coding], ['Vary', 'Accept-Encoding']);
  }
  const spaced = form.spaces ? shown.map(([name, value]): Field => [name, ` \t${value} \t `]) : shown;
  return { status, fields: spaced, body: bytes, form };
}

/** Writes an answer that is not to be written as Node would; the connection ends with it where its form says so. */
export function writeFormed(response: ServerResponse, { status, fields, body, form }: Formed): void {
  const hasBody = status !== 204 && status !== 304;
  const length: Field[] =
    hasBody && form.body === 'length' ? [['Content-Length', String(body?.length ?? 0)]] : [];
  const all = [...fields, ...length];
  if (form.version === '1.0') {
    response.statusCode = status;
    response.req.socket.end(Buffer.concat([oldHead(status, all), body ?? Buffer.alloc(0)]));
    return;
  }
  if (response.req.httpVersionMinor > 0) {
    for (const interim of form.interim) {
      if (interim === 102) response.writeProcessing();
      else response.writeEarlyHints({ link: '</api/data/v9.2/$metadata>; rel=preload; as=fetch' });
    }
  }
  if (!form.keepAlive) all.push(['Connection', 'close']);
  response.writeHead(status, all.flat());
  if (!hasBody || body === undefined) {
    response.end();
    return;
  }
  for (const piece of pieces(body, form.body)) response.write(piece);
  response.end();
}

/** Status line and header of an answer of HTTP/1.0, which Node does not write. */
function oldHead(status: number, fields: readonly Field[]): Buffer {
  const dated = fields.some(([name]) => name.toLowerCase() === 'date');
  const all = dated ? fields : [...fields, ['Date', skewed(0)] as const];
  const lines = [
    `HTTP/1.0 ${status} ${http.STATUS_CODES[status] ?? ''}`,
    ...all.map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

/** A body in the pieces in which it is sent. */
export function pieces(body: Buffer, form: AnswerForm['body'] | CallForm['body']): Buffer[] {
  if (form === 'length' || form === 'expect') return [body];
  const size = form === 'bytes' ? 1 : chunkBytes;
  const made: Buffer[] = [];
  let at = 0;
  for (; at < body.length && made.length < mostSingle; at += size) made.push(body.subarray(at, at + size));
  if (at < body.length) made.push(body.subarray(at));
  return made;
}

/** Whether `Accept-Encoding` allows a coding; without the field a server may choose, but few clients expect it to. */
function acceptsCoding(accepts: string | undefined, coding: string): boolean {
  const weights = new Map(
    (accepts ?? '').split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
      const weight = parameters.find((each) => each.startsWith('q='))?.slice(2) ?? '1';
      return [name, Number(weight)] as const;
    }),
  );
  return (weights.get(coding) ?? weights.get('*') ?? 0) > 0;
}

function skewed(milliseconds: number): string {
  return new Date(Date.now() + milliseconds).toUTCString();
}
