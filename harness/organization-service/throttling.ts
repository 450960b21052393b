import type { WireAnswer } from '../answer.ts';

/** Codes of the service protection limits: too many requests, too much time, too many at once. */
const limited = /<(?:[^\s<>:/]+:)?ErrorCode(?:\s[^<>]*)?>\s*-(?:2147015902|2147015903|2147015898)\s*</;
const retryAfter = />\s*Retry-After\s*<[^>]*>\s*<[^>]*>\s*PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?\s*</;

/**
 * The milliseconds that a fault of the organization service asks to wait, a duration among its details; 0 where
 * it names none. Undefined for any other answer.
 */
export function soapWait({ status, body }: WireAnswer): number | undefined {
  if (status !== 500 || !limited.test(body)) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = retryAfter.exec(body) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}
