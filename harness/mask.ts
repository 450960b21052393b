import type { HeaderFields } from '../record/evidence.ts';
import { masked, maskLikely } from './mask/likely-secrets.ts';
import { LongTexts } from './mask/long-texts.ts';
import { maskLines } from './mask/pem.ts';
import { SecretIndex } from './mask/secret-index.ts';

export { masked } from './mask/likely-secrets.ts';

const secretHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'authentication-info',
  'cookie',
  'set-cookie',
  'x-functions-key',
  'api-key',
  'x-api-key',
  'ocp-apim-subscription-key',
  'aeg-sas-key',
  'aeg-sas-token',
]);

/** The secrets of this process. */
const known = new SecretIndex();
const longTexts = new LongTexts();

/**
 * Makes a secret known, so that it is masked wherever it appears from now on, also encoded. Values of
 * fewer than 8 characters are ignored: they would be found in everything.
 */
export function registerSecret(value: string): void {
  known.add(value);
  longTexts.clear();
}

/** A text with every known secret masked, and nothing else. */
export function maskKnown(text: string): string {
  const spans = known.find(text);
  if (spans.length === 0) return text;
  let result = '';
  let done = 0;
  for (const { from, to } of spans) {
    result += `${text.slice(done, from)}${masked}`;
    done = to;
  }
  return result + text.slice(done);
}

/** A text with every known secret masked, and what looks like a foreign signature, token or password with it. */
export function maskText(text: string): string {
  return longTexts.get(text, (whole) => maskLikely(maskKnown(whole)));
}

/** Plain JSON with every text in it masked, the names of members included. */
export function maskDeep<T>(value: T): T {
  if (typeof value === 'string') return maskText(value) as T;
  if (Array.isArray(value)) return maskLines(value, masked).map(maskDeep) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [maskKnown(key), maskDeep(each)]),
  ) as T;
}

/** Header fields with secret values masked. */
export function maskHeaders(fields: HeaderFields): HeaderFields {
  return fields.map(([name, value]) => [
    maskKnown(name),
    secretHeaders.has(name.toLowerCase()) ? maskCredential(value) : maskText(value),
  ]);
}

function maskCredential(value: string): string {
  const scheme = /^(Bearer|Basic)\s/i.exec(value)?.[1];
  return scheme === undefined ? masked : `${scheme} ${masked}`;
}
