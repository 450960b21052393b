import { isObject } from '../answer.ts';
import { parseJson } from '../json.ts';
import type { Delivery, Purpose } from '../listener.ts';

/** More than this share of all deliveries of a purpose is what the target itself sends twice. */
const ownShare = 0.2;
/** So few tell nothing about the share. */
const leastRepeats = 3;
/** Deliveries of one check that are remembered at most. */
const remembered = 5_000;

/** What is looked at of a delivery. */
export type RepeatedDelivery = Pick<Delivery, 'method' | 'path' | 'query' | 'body' | 'reply'>;

interface Count {
  deliveries: number;
  repeats: number;
}

/**
 * Notices deliveries that come a second time without a difference, to the millisecond of the target's own
 * clock: a gateway or a tunnel that repeats what it carries does that now and then, a target that sends
 * twice does it always.
 */
export class RepeatWatch {
  readonly #seen = new Set<string>();
  readonly #counts = new Map<Purpose, Count>();
  readonly #inCheck = new Set<Purpose>();
  readonly #mayBeRepeated: boolean;

  /** @param mayBeRepeated whether anything stands between target and listener that could repeat what it carries */
  constructor(mayBeRepeated = true) {
    this.#mayBeRepeated = mayBeRepeated;
  }

  /** A check begins, or begins again. */
  begin(): void {
    this.#seen.clear();
    this.#inCheck.clear();
  }

  /** A delivery arrived. */
  heard(purpose: Purpose, { method, path, query, body, reply }: RepeatedDelivery): void {
    // Who was not answered well has a reason to send again.
    if (typeof reply === 'string' || reply.status >= 300) return;
    if (purpose === 'probe' && !namesAttempt(body)) return;
    const key = `${method} ${path}?${query} ${body}`;
    const count = this.#counts.get(purpose) ?? { deliveries: 0, repeats: 0 };
    this.#counts.set(purpose, count);
    if (this.#seen.has(key)) {
      count.repeats += 1;
      this.#inCheck.add(purpose);
    } else {
      count.deliveries += 1;
      if (this.#seen.size < remembered) this.#seen.add(key);
    }
  }

  /** Whether the check heard something twice. */
  get heardTwice(): boolean {
    return this.#inCheck.size > 0;
  }

  /** Whether the check heard something twice that the target most probably sent once. */
  get disturbed(): boolean {
    return [...this.#inCheck].some((purpose) => !this.#isOwn(purpose));
  }

  /** Whether there is something that the target itself sends twice. */
  get sendsTwice(): boolean {
    return [...this.#counts.keys()].some((purpose) => this.#isOwn(purpose));
  }

  #isOwn(purpose: Purpose): boolean {
    const count = this.#counts.get(purpose);
    if (count === undefined) return false;
    if (!this.#mayBeRepeated) return count.repeats > 0;
    return count.repeats >= leastRepeats && count.repeats > count.deliveries * ownShare;
  }
}

/** Whether two calls of the probe with this body cannot be two calls: it names the operation. */
function namesAttempt(body: string): boolean {
  const value = parseJson(body);
  return isObject(value) && typeof value['backgroundOperationId'] === 'string';
}
