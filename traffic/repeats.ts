import { hash } from 'node:crypto';
import { headers as names } from '../contract/vocabulary.ts';
import { organizationOf } from './resource.ts';
import type { RawExchange } from './take-in.ts';

/** How far two records of one exchange may be apart: each has its own clock, and its own end of the way. */
const skewMs = 5_000;

const telling: readonly string[] = ['authorization', 'cookie', names.operationId.toLowerCase()];

interface Recorded {
  readonly file: number;
  readonly from: number;
  readonly to: number;
  readonly origin: string;
  /** What tells apart the same request of two clients, or to two organizations: the token and the new operation. */
  readonly parties: string;
}

/**
 * Tells whether an exchange was there before: people name a file twice, export what overlaps, and record one exchange at
 * both of its ends.
 */
export class Repeats {
  readonly #seen = new Set<string>();
  readonly #byContent = new Map<string, Recorded[]>();

  /**
   * Whether no exchange before was the same: in all that was recorded of it, or in all but its times, fields and origin,
   * where it comes from another file, or went on to another origin while the other one was under way.
   */
  isNew(raw: RawExchange, file: number): boolean {
    const { from, durationMs, method, url, status, headers, body, answerHeaders, answerBody } = raw;
    const content = digestOf([method, url.replace(/^https?:\/\/[^/]*/i, ''), status, body, answerBody]);
    const whole = digestOf([content, from, durationMs, url, headers, answerHeaders]);
    const alike = this.#byContent.get(content) ?? [];
    if (this.#seen.has(whole)) return false;
    const recorded = {
      file,
      from,
      to: from + durationMs,
      origin: organizationOf(url),
      parties: partiesOf(raw),
    };
    if (alike.some((one) => isOtherEnd(one, recorded))) return false;
    this.#seen.add(whole);
    alike.push(recorded);
    this.#byContent.set(content, alike);
    return true;
  }
}

/** Whether two records of the same content are those of the two ends of one exchange. */
function isOtherEnd(one: Recorded, other: Recorded): boolean {
  if (one.file !== other.file) return Math.abs(one.from - other.from) < skewMs;
  const isUnderWay = one.from <= other.to && other.from <= one.to;
  return isUnderWay && one.origin !== other.origin && one.parties === other.parties;
}

function partiesOf({ headers, answerHeaders = [] }: RawExchange): string {
  const values = [...headers, ...answerHeaders].flatMap(([name, value]) =>
    telling.includes(name.toLowerCase()) ? [value] : [],
  );
  return digestOf(values);
}

function digestOf(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64');
}
