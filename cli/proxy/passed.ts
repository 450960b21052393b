import type { HeaderFields } from '../../record/evidence.ts';
import { unpackedBytes } from '../../traffic/readers/packed.ts';
import type { RawExchange } from '../../traffic/take-in.ts';

/** Names and values of fields in turn, as Node has them in `rawHeaders`. */
export type RawFields = readonly string[];

/** What passed a proxy, as it passed: nothing is decoded yet. */
export interface Passed {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly durationMs: number;
  readonly method: string;
  readonly url: string;
  readonly headers: RawFields;
  readonly body: Uint8Array;
  /** 0 where the target closed the connection instead of an answer, undefined where nobody waited for one. */
  readonly status: number | undefined;
  readonly answerHeaders: RawFields;
  readonly answerBody: Uint8Array;
}

/** The exchange in plain text, its secrets still in it. A body that cannot be unpacked is empty. */
export function rawExchangeOf(passed: Passed): RawExchange {
  const { headers, body, answerHeaders, answerBody, ...rest } = passed;
  return {
    ...rest,
    headers: pairs(headers),
    body: textOf(body, headers),
    answerHeaders: pairs(answerHeaders),
    answerBody: textOf(answerBody, answerHeaders),
  };
}

/** The values of a field, whatever its case. */
export function valuesOf(fields: RawFields, lowerName: string): string[] {
  return fields.filter((_value, at) => at % 2 === 1 && fields[at - 1]?.toLowerCase() === lowerName);
}

function pairs(fields: RawFields): HeaderFields {
  const found: [string, string][] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) found.push([fields[at] ?? '', fields[at + 1] ?? '']);
  return found;
}

function textOf(bytes: Uint8Array, fields: RawFields): string {
  if (bytes.length === 0) return '';
  // It can be longer than what is recorded, or the connection was cut.
  const whole = unpackedBytes(bytes, valuesOf(fields, 'content-encoding').join(','));
  return whole === undefined
    ? ''
    : Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength).toString('utf8');
}
