import { hash } from 'node:crypto';
import type { RawExchange } from './take-in.ts';

/** How far two records of one exchange may be apart: each has its own clock, and its own end of the way. */
const skewMs = 5_000;

/**
 * Tells whether an exchange was there before: people name a file twice, export what overlaps, and record one exchange at
 * both of its ends.
 */
export class Repeats {
  readonly #seen = new Set<string>();
  readonly #byContent = new Map<string, { readonly file: number; readonly from: number }[]>();

  /**
   * Whether no exchange before was the same: in all that was recorded of it, or, where it comes from another file, in all
   * but its times, fields and origin.
   */
  isNew(raw: RawExchange, file: number): boolean {
    const { from, durationMs, method, url, status, headers, body, answerHeaders, answerBody } = raw;
    const content = digestOf([method, url.replace(/^https?:\/\/[^/]*/i, ''), status, body, answerBody]);
    const whole = digestOf([content, from, durationMs, url, headers, answerHeaders]);
    const alike = this.#byContent.get(content) ?? [];
    if (this.#seen.has(whole)) return false;
    if (alike.some((one) => one.file !== file && Math.abs(one.from - from) < skewMs)) return false;
    this.#seen.add(whole);
    alike.push({ file, from });
    this.#byContent.set(content, alike);
    return true;
  }
}

function digestOf(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64');
}
