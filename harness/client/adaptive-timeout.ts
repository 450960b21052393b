import type { WireAnswer, WireRequest } from '../answer.ts';
import { defaultTimeoutMs, type SendOptions, type Transport } from '../transport.ts';
import { NoAnswer } from './no-answer.ts';
import { shapeOf } from './shape.ts';

/** Consecutive time-outs after which requests of a kind are given less time. */
const forgiven = 3;
/** What a read is given then; what changes something may do work before it answers. */
const shortMs = { reads: 1_500, writes: 5_000 };
/** Consecutive time-outs after which most requests of a kind are not sent at all. */
const hopeless = 12;
/** How often one of them is sent all the same, to see whether it is answered again, and with what time. */
const retrial = { everyMs: 20_000, timeoutMs: 5_000 };

/** What is replaced in tests. */
export interface AdaptiveTimeoutOptions {
  /** What a read is given usually, milliseconds. */
  readonly readMs?: number;
  readonly now?: () => number;
}

/** Time-outs of one kind of request since one was answered last. */
interface Misses {
  inRow: number;
  /** The longest time that was given in vain. */
  longestMs: number;
  lastAt: number;
}

/**
 * A transport that gives requests less time where their kind timed out again and again, until one of them is
 * answered. A target that sends its monitor a byte a second would else cost each check half a minute, and a run
 * hours.
 *
 * It counts by shape, by path and by folder, so that the same address with other headers need not be learned anew;
 * each is forgotten with the first answer.
 */
export class AdaptiveTimeoutTransport implements Transport {
  readonly #inner: Transport;
  readonly #readMs: number;
  readonly #now: () => number;
  readonly #misses = new Map<string, Misses>();

  constructor(inner: Transport, options: AdaptiveTimeoutOptions = {}) {
    this.#inner = inner;
    this.#readMs = options.readMs ?? defaultTimeoutMs;
    this.#now = options.now ?? (() => performance.now());
  }

  async send(request: WireRequest, options: SendOptions = {}): Promise<WireAnswer> {
    const kinds = kindsOf(request);
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const usualMs = options.timeoutMs ?? (reads ? this.#readMs : Math.max(this.#readMs, defaultTimeoutMs));
    const missed = this.#most(kinds);
    const timeoutMs = this.#given(missed, this.#misses.has(kinds[0]), usualMs, reads);
    if (timeoutMs === 0) throw inVain(request, missed, 'it was not sent');
    try {
      const answer = await this.#inner.send(request, { ...options, timeoutMs });
      for (const kind of kinds) this.#misses.delete(kind);
      return answer;
    } catch (error) {
      if (!(error instanceof NoAnswer) || error.fault.kind !== 'timeout') throw error;
      for (const kind of kinds) this.#miss(kind, timeoutMs);
      if (timeoutMs === usualMs) throw error;
      throw inVain(request, missed, `no answer within ${timeoutMs / 1_000} s`);
    }
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  #most(kinds: readonly string[]): Misses | undefined {
    const [most] = kinds
      .flatMap((kind) => this.#misses.get(kind) ?? [])
      .sort((one, other) => other.inRow - one.inRow);
    return most;
  }

  /** Milliseconds for one request; 0 where it is not sent. */
  #given(missed: Misses | undefined, tried: boolean, usualMs: number, reads: boolean): number {
    if (missed === undefined || missed.inRow < forgiven) return usualMs;
    const shorter = Math.min(usualMs, reads ? shortMs.reads : shortMs.writes);
    if (missed.inRow < hopeless || !tried) return shorter;
    if (this.#now() - missed.lastAt < retrial.everyMs) return 0;
    return Math.min(usualMs, retrial.timeoutMs);
  }

  #miss(key: string, timeoutMs: number): void {
    const before = this.#misses.get(key);
    this.#misses.set(key, {
      inRow: (before?.inRow ?? 0) + 1,
      longestMs: Math.max(before?.longestMs ?? 0, timeoutMs),
      lastAt: this.#now(),
    });
  }
}

/** What a request counts to, the narrowest first: its shape, its path, and the folder of its path. */
function kindsOf(request: WireRequest): readonly [string, ...string[]] {
  const shape = shapeOf(request);
  const path = shape.split('?', 1)[0] ?? shape;
  return [shape, path, path.replace(/[^/]*$/, '')];
}

/** The same fault as that of the requests before, since it is the same that is wrong. */
function inVain({ method, url }: WireRequest, missed: Misses | undefined, what: string): NoAnswer {
  const longest = `${(missed?.longestMs ?? 0) / 1_000} s`;
  return new NoAnswer(
    `${method} ${url}: ${what}, since requests of its kind got none again and again, within up to ${longest}`,
    { what: `no answer came within ${longest}`, kind: 'timeout', taken: true },
  );
}
