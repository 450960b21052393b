import { createHash } from 'node:crypto';
import type { RawExchange } from './take-in.ts';

/** Tells whether an exchange was there before: people name a file twice, and exports that overlap. */
export class Repeats {
  readonly #seen = new Set<string>();

  /** Whether no exchange before was the same in all that was recorded of it. */
  isNew({
    from,
    durationMs,
    method,
    url,
    status,
    headers,
    body,
    answerHeaders,
    answerBody,
  }: RawExchange): boolean {
    const all = [from, durationMs, method, url, status, headers, body, answerHeaders, answerBody];
    const digest = createHash('sha256').update(JSON.stringify(all)).digest('base64');
    if (this.#seen.has(digest)) return false;
    this.#seen.add(digest);
    return true;
  }
}
