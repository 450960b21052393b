import type { OutboundRequest } from '../behaviour/delivery.ts';
import type { Field, PlainAnswer, PlainRequest } from '../plain.ts';
import type { ApiError } from '../web-api/errors.ts';
import { ControlError } from './control-error.ts';
import { matcherOf, type RequestMatch } from './request-match.ts';

/** Picks the requests that a fault meets, or with `delivery` what the simulator sends itself. */
interface FaultMatch extends RequestMatch {
  /** Calls of the probe's listener, callbacks, or events; `path` is then the whole URL. */
  readonly delivery?: OutboundRequest['purpose'];
}

/** What goes wrong with the next requests that match. */
export interface FaultRule {
  /** Which requests; by default all that come but those of the control interface. */
  readonly match?: FaultMatch;
  /** What becomes of a delivery: it is lost, sent twice, or ends in the middle. */
  readonly deliver?: 'drop' | 'double' | 'corrupt';
  /** How many requests it meets. Default: 1. */
  readonly times?: number;
  /** How many matching requests pass before the first that it meets. Default: 0. */
  readonly skip?: number;
  /** Real milliseconds that the request waits first. */
  readonly delayMs?: number;
  /** Answers with this status. */
  readonly status?: number;
  /** Seconds, as `Retry-After` of that answer. */
  readonly retryAfter?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or JSON. By default an error of the Web API, or a fault of the organization service. */
  readonly body?: unknown;
  /** Closes the connection without an answer. */
  readonly cut?: boolean;
  /** Whether the answer or the cut comes instead of the work, or after it. Default: `before`. */
  readonly when?: 'before' | 'after';
}

/** A fault that was set, and how far it is used up. */
export interface Fault extends FaultRule {
  readonly id: string;
  /** How many requests it has met. */
  readonly met: number;
}

/** A fault with all that is needed to set it again as far as it is used up. */
export interface KeptFault {
  readonly id: string;
  readonly rule: FaultRule;
  /** Requests that pass before the next that it meets, and how many it still meets. */
  readonly skip: number;
  readonly left: number;
  readonly met: number;
}

/** Faults that are set at the same time at most; each request is held against all of them. */
const mostFaults = 1_000;
/** Characters of all faults together, as JSON. */
const mostCharacters = 16 * 1024 * 1024;

interface Armed {
  readonly size: number;
  readonly id: string;
  readonly rule: FaultRule;
  readonly delivery: OutboundRequest['purpose'] | undefined;
  readonly matches: (request: Pick<PlainRequest, 'method' | 'path'>) => boolean;
  skip: number;
  left: number;
  met: number;
}

/** Faults that were set for the next requests. */
export class Faults {
  readonly #armed = new Map<string, Armed>();
  #number = 0;

  /** Whether a request has to be held against them at all. */
  get none(): boolean {
    return this.#armed.size === 0;
  }

  /** @throws ControlError where too many are set already */
  add(rule: FaultRule): Fault {
    const { match = {}, times = 1, skip = 0 } = rule;
    const size = JSON.stringify(rule).length;
    let characters = size;
    for (const armed of this.#armed.values()) characters += armed.size;
    if (this.#armed.size >= mostFaults || characters > mostCharacters) {
      throw new ControlError(
        `At most ${mostFaults} faults of ${mostCharacters} characters can be set. Take some of them back first.`,
        409,
      );
    }
    this.#number += 1;
    const { delivery } = match;
    const matches = matcherOf(match);
    const armed = { id: String(this.#number), rule, delivery, matches, skip, left: times, met: 0, size };
    this.#armed.set(armed.id, armed);
    return shown(armed);
  }

  list(): Fault[] {
    return [...this.#armed.values()].map(shown);
  }

  remove(id: string): boolean {
    return this.#armed.delete(id);
  }

  clear(): void {
    this.#armed.clear();
  }

  kept(): KeptFault[] {
    return Array.from(this.#armed.values(), ({ id, rule, skip, left, met }) => ({
      id,
      rule,
      skip,
      left,
      met,
    }));
  }

  /** Sets these faults instead of all others. */
  restore(faults: readonly KeptFault[]): void {
    this.clear();
    for (const { rule, id, skip, left, met } of faults) {
      this.add(rule);
      const armed = this.#armed.get(String(this.#number));
      if (armed === undefined) continue;
      this.#armed.delete(armed.id);
      this.#armed.set(id, { ...armed, id, skip, left, met });
      this.#number = Math.max(this.#number, Number.parseInt(id, 10) || 0);
    }
  }

  /** The fault that a request meets: of those that match the one that was set first. */
  take({ method, path }: PlainRequest): FaultRule | undefined {
    return this.#take(undefined, { method, path });
  }

  /** The fault that a delivery meets. */
  takeDelivery({ purpose, method, url }: OutboundRequest): FaultRule | undefined {
    return this.#take(purpose, { method, path: url });
  }

  #take(
    delivery: OutboundRequest['purpose'] | undefined,
    request: Pick<PlainRequest, 'method' | 'path'>,
  ): FaultRule | undefined {
    for (const armed of this.#armed.values()) {
      if (armed.delivery !== delivery || !armed.matches(request)) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      armed.left -= 1;
      armed.met += 1;
      if (armed.left === 0) this.#armed.delete(armed.id);
      return armed.rule;
    }
    return undefined;
  }
}

function shown({ id, rule, met }: Armed): Fault {
  return { id, ...rule, met };
}

/** Refuses a request in the form that its client reads. */
type Refuse = (status: number, headers: readonly Field[]) => PlainAnswer;

/** Answers a request that meets a fault; `work` does what it asks for. */
export async function answerWithFault(
  rule: FaultRule,
  work: () => PlainAnswer | Promise<PlainAnswer>,
  refuse: Refuse,
): Promise<PlainAnswer> {
  const { delayMs = 0, status, cut = false, when = 'before' } = rule;
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  const spoiled = cut ? cutAnswer : status === undefined ? undefined : faultAnswer(rule, status, refuse);
  if (spoiled === undefined) return work();
  if (when === 'after') await work();
  return spoiled;
}

/** The error of a fault that says no body: throttling in the platform's words, else that it was wanted. */
export function faultError(status: number, headers: readonly Field[]): ApiError {
  if (status === 429) {
    const message = 'Number of requests exceeded the limit of 6000 over time window of 300 seconds.';
    return { status, code: '0x80072322', message, headers };
  }
  return { status, code: '', message: `The control interface was told to answer ${status}.`, headers };
}

const cutAnswer: PlainAnswer = { status: 0, headers: [], body: undefined, cut: true };

function faultAnswer(rule: FaultRule, status: number, refuse: Refuse): PlainAnswer {
  const { body, retryAfter, headers = {} } = rule;
  const fields: Field[] = Object.entries(headers);
  if (retryAfter !== undefined) fields.push(['Retry-After', String(retryAfter)]);
  if (body === undefined) return refuse(status, fields);
  const typed = fields.some(([name]) => name.toLowerCase() === 'content-type');
  if (typeof body === 'string') {
    const type = body.trimStart().startsWith('<') ? 'text/html' : 'text/plain';
    return { status, headers: typed ? fields : [...fields, ['Content-Type', type]], body };
  }
  const json: Field = ['Content-Type', 'application/json'];
  return { status, headers: typed ? fields : [...fields, json], body: JSON.stringify(body) };
}
