/** How answers go over HTTP. Every form is legal (RFC 9110, RFC 9112); a client that minds one is wrong. */
export interface AnswerForm {
  /** 1.0 ends each connection with its answer. */
  readonly version: '1.1' | '1.0';
  /** Whether a connection serves further requests. */
  readonly keepAlive: boolean;
  /** The body with its length, in chunks of some size, or in chunks of one byte; 1.0 has no chunks: it ends with the connection. */
  readonly body: 'length' | 'chunks' | 'bytes';
  /** The coding of the body where the client accepts it. */
  readonly coding: 'none' | 'gzip' | 'deflate' | 'br';
  /** Interim answers before the final one; not to clients of HTTP/1.0. */
  readonly interim: readonly (102 | 103)[];
  /** Whether spaces stand around the values of header fields. */
  readonly spaces: boolean;
  /** By how much the header `Date` is off, milliseconds. */
  readonly dateSkewMs: number;
  /** Real milliseconds that each answer takes. */
  readonly delayMs: number;
}

/** As Node answers. */
export const usualAnswers: AnswerForm = {
  version: '1.1',
  keepAlive: true,
  body: 'length',
  coding: 'none',
  interim: [],
  spaces: false,
  dateSkewMs: 0,
  delayMs: 0,
};

/** How calls of receivers go over HTTP. */
export interface CallForm {
  /** The body with its length, in chunks of a few bytes, or only after the receiver has said that it goes on (100). */
  readonly body: 'length' | 'chunks' | 'expect';
  readonly headerCasing: 'documented' | 'lower' | 'upper';
  /** Whether `Content-Type` names a charset: as documented or seen for each call, always, or never. */
  readonly charset: 'documented' | 'always' | 'never';
}

/** As the simulator calls by default. */
export const usualCalls: CallForm = { body: 'length', headerCasing: 'documented', charset: 'documented' };

/** The header fields of a call in the chosen form. */
export function formCall(
  headers: readonly (readonly [string, string])[],
  { headerCasing, charset }: CallForm,
): readonly (readonly [string, string])[] {
  if (headerCasing === 'documented' && charset === 'documented') return headers;
  return headers.map(([name, value]) => [
    headerCasing === 'documented' ? name : headerCasing === 'lower' ? name.toLowerCase() : name.toUpperCase(),
    name.toLowerCase() === 'content-type' ? withCharset(value, charset) : value,
  ]);
}

function withCharset(value: string, charset: CallForm['charset']): string {
  if (charset === 'documented') return value;
  const [type = value] = value.split(';');
  return charset === 'never' ? type : `${type}; charset=utf-8`;
}
