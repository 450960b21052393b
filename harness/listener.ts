import { randomUUID } from 'node:crypto';
import type { BodyText, Received } from '../record/evidence.ts';
import { maskHeaders, maskText } from './mask.ts';
import { beginningText, bodyText, type Lazy } from './transcript.ts';

/** A request that reached the listener. `path` and `query` are as they came, undecoded; `query` without `?`. */
export interface IncomingRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** Its id in the evidence of the check; undefined where no check listens. */
  readonly exchange?: number | undefined;
}

/** What the listener answers; `hang` never answers until dropped, `cut` breaks the connection. `retryAfter` is in seconds. */
export type Reply =
  | {
      readonly status: number;
      readonly body?: string;
      readonly contentType?: string;
      readonly location?: string;
      readonly retryAfter?: number;
    }
  | 'hang'
  | 'cut';

/** What is kept of a request: the request, when it came, and the reply. */
export interface Delivery extends IncomingRequest {
  /** Milliseconds since the process began. */
  readonly arrivedAt: number;
  /** Wall clock, ISO 8601. */
  readonly at: string;
  readonly reply: Reply;
}

/** What a path of the listener is for. */
export type Purpose = 'probe' | 'callback' | 'event';

/** The end of the path of a preregistered webhook. */
const preregisteredKey = 'events';
/** The longest body that is taken at the path of a preregistered webhook, which anybody may guess, in bytes. */
const eventBytes = 512 * 1024;
/** The longest body that is taken at a path that nobody opened, in bytes. */
const unexpectedBytes = 16 * 1024;
/** How many deliveries are kept of one channel, and of all unexpected ones; the oldest go first. */
const keptDeliveries = 1_000;
const keptUnexpected = 200;

/** How many requests to no known path one check takes into its evidence: strangers must not push out the rest. */
const toldUnexpected = 5;
/** A longer body goes into evidence at once, and only its beginning, in characters. */
const longBody = 256 * 1024;
/** How much of the bodies of deliveries is kept in all, in characters; of the oldest only the beginnings stay. */
const keptCharacters = 32 * 1024 * 1024;
const keptBeginning = 16 * 1024;

function keep(list: Delivery[], delivery: Delivery, most: number): void {
  list.push(delivery);
  if (list.length > most) list.shift();
}

/** One unguessable path of the listener: records what comes and decides the reply. */
export class Channel {
  readonly purpose: Purpose;
  /** Whether it is documented what comes here: else it may be anything. */
  readonly documented: boolean;
  readonly deliveries: Delivery[] = [];
  /** Decides the reply; may take its time. */
  readonly reply: (request: IncomingRequest, index: number) => Reply | Promise<Reply>;
  /** Called for each request as it arrives, before the reply is decided. */
  onArrival: ((request: IncomingRequest) => void | Promise<void>) | undefined;
  readonly #waiters = new Set<() => void>();

  constructor(purpose: Purpose, reply: Channel['reply'], documented = true) {
    this.purpose = purpose;
    this.documented = documented;
    this.reply = reply;
  }

  /** Adds a delivery and wakes everybody who waits for one. */
  record(delivery: Delivery): void {
    keep(this.deliveries, delivery, keptDeliveries);
    for (const wake of this.#waiters) wake();
    this.#waiters.clear();
  }

  /** Resolves when the next delivery arrives. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiters.add(resolve));
  }
}

/** Where a channel can be reached. */
export interface Address {
  readonly key: string;
  readonly url: string;
}

/** Is told of a request; `documented` where it is the target's, and its form is documented. */
type TellReceived = (received: Lazy<Received>, documented: boolean) => void;

/** The key in a path: below the mark of a worker, or directly. */
const keyIn = /\/bgop\/(?:[A-Za-z0-9-]{1,60}\/)??([0-9a-f]{32}|events)/;

/**
 * The suite's own receiver. It knows nothing of transports: `listener-server.ts` serves it over HTTP,
 * the embedded target calls `handle` directly.
 */
export class Listener {
  #base: string;
  /** The mark of the worker, which every path carries; none where nobody would look for it. */
  mark: string | undefined;
  readonly #channels = new Map<string, Channel>();
  readonly #hanging = new Set<(reply: Reply) => void>();
  /** Requests to no known path; the last ones. */
  readonly unexpected: Delivery[] = [];
  #onReceived: TellReceived | undefined;
  /** Gives the next delivery its id. */
  nextId: (() => number) | undefined;
  #told = 0;
  /** Told of every request to an open path, with its reply. */
  onDelivery: ((purpose: Purpose, delivery: Delivery) => void) | undefined;
  /** Deliveries with long bodies, the oldest first. */
  #long: Delivery[] = [];
  /** Whether it is served over a network, where a target may fail to reach it. */
  served = false;
  /** How many paths have been opened, how many requests have come to one, and how many have been turned away because it was full. */
  opened = 0;
  arrived = 0;
  turnedAway = 0;

  /** @param base where the target reaches the listener, without a slash at its end */
  constructor(base: string) {
    this.#base = base;
  }

  /** Told of every request, as evidence. */
  set onReceived(tell: TellReceived | undefined) {
    this.#onReceived = tell;
    this.#told = 0;
  }

  get onReceived(): TellReceived | undefined {
    return this.#onReceived;
  }

  get base(): string {
    return this.#base;
  }

  set base(url: string) {
    this.#base = url.replace(/\/+$/, '');
  }

  /** Opens an unguessable path for a channel; `suffix` is appended (further path, query). */
  open(channel: Channel, suffix = ''): Address {
    const key = randomUUID().replaceAll('-', '');
    this.#channels.set(key, channel);
    this.opened += 1;
    const folder = this.mark === undefined ? 'bgop' : `bgop/${this.mark}`;
    return { key, url: `${this.#base}/${folder}/${key}${suffix}` };
  }

  /** Makes `/bgop/events` the fixed path of a webhook that the target's owner registered beforehand. */
  preregister(channel: Channel): void {
    this.#channels.set(preregisteredKey, channel);
  }

  /** Closes a path; what comes there afterwards is unexpected. */
  close(key: string): void {
    this.#channels.delete(key);
  }

  /** Drops every connection that was left hanging. */
  dropHanging(): void {
    for (const drop of this.#hanging) drop('cut');
    this.#hanging.clear();
  }

  /** Whether somebody opened this path. */
  knows(path: string): boolean {
    return this.#channelOf(path) !== undefined;
  }

  /** The longest body that is taken at a path, in bytes; `most` is that of a path which nobody can guess. */
  bodyLimit(path: string, most: number): number {
    const channel = this.#channelOf(path);
    if (channel === undefined) return Math.min(most, unexpectedBytes);
    return keyIn.exec(path)?.[1] === preregisteredKey ? Math.min(most, eventBytes) : most;
  }

  /** Receives one request and resolves with the reply; `hang` resolves, as `cut`, once dropped. */
  async handle(arrived: IncomingRequest): Promise<Exclude<Reply, 'hang'>> {
    const arrivedAt = performance.now();
    const at = new Date().toISOString();
    const request = { ...arrived, exchange: this.nextId?.() };
    const channel = this.#channelOf(request.path);
    if (channel === undefined) {
      const reply = { status: 404 };
      const delivery = { ...request, arrivedAt, at, reply };
      keep(this.unexpected, delivery, keptUnexpected);
      this.#report(delivery, 'unexpected', false);
      return reply;
    }
    this.arrived += 1;
    await channel.onArrival?.(request);
    const reply = await channel.reply(request, channel.deliveries.length);
    const delivery = { ...request, arrivedAt, at, reply };
    channel.record(delivery);
    this.onDelivery?.(channel.purpose, delivery);
    this.#bound(delivery);
    // To a path that anybody may guess strangers may send anything.
    const guessable = keyIn.exec(request.path)?.[1] === preregisteredKey;
    this.#report(delivery, channel.purpose, channel.documented && !guessable);
    if (reply !== 'hang') return reply;
    return new Promise((resolve) => {
      this.#hanging.add((dropped) => resolve(dropped === 'hang' ? 'cut' : dropped));
    });
  }

  #channelOf(path: string): Channel | undefined {
    return this.#channels.get(keyIn.exec(path)?.[1] ?? '');
  }

  /** Keeps of the oldest long bodies only the beginnings, so that all of them have a bound. */
  #bound(delivery: Delivery): void {
    if (delivery.body.length <= keptBeginning) return;
    this.#long.push(delivery);
    let kept = this.#long.reduce((sum, { body }) => sum + body.length, 0);
    while (kept > keptCharacters && this.#long.length > 1) {
      const oldest = this.#long.shift();
      if (oldest === undefined) return;
      kept -= oldest.body.length;
      Object.assign(oldest, { body: copyOfBeginning(oldest.body) });
    }
  }

  #report(delivery: Delivery, purpose: Received['purpose'], documented: boolean): void {
    if (purpose === 'unexpected' && (this.#told += 1) > toldUnexpected) return;
    if (delivery.body.length <= longBody) {
      const evidence = {
        masked: () => this.#evidence(delivery, purpose, bodyText(delivery.body)),
        unmasked: () => plainEvidence(delivery, purpose),
      };
      this.#onReceived?.(evidence, documented);
      return;
    }
    // Made now, so that the evidence does not hold the body.
    const made = this.#evidence(delivery, purpose, beginningText(delivery.body));
    this.#onReceived?.({ masked: () => made, unmasked: () => made }, documented);
  }

  #evidence(delivery: Delivery, purpose: Received['purpose'], body: BodyText): Received {
    return {
      kind: 'received',
      ...(delivery.exchange === undefined ? {} : { id: delivery.exchange }),
      at: delivery.at,
      purpose,
      method: delivery.method,
      url: maskText(delivery.path + (delivery.query === '' ? '' : `?${delivery.query}`)),
      headers: maskHeaders(delivery.headers),
      body,
      answered:
        typeof delivery.reply === 'string'
          ? delivery.reply
          : `${delivery.reply.status}${delivery.reply.body === undefined ? '' : ` ${maskText(delivery.reply.body)}`}`,
    };
  }
}

function plainEvidence(delivery: Delivery, purpose: Received['purpose']): Received {
  const { at, method, path, query, headers, body } = delivery;
  return {
    kind: 'received',
    at,
    purpose,
    method,
    url: `${path}?${query}`,
    headers,
    body: { text: body },
    answered: '',
  };
}

/** A copy: a part of a string would hold the whole of it. */
function copyOfBeginning(body: string): string {
  return Buffer.from(body.slice(0, keptBeginning)).toString();
}

/** A channel for callbacks that gives these replies, the last of them again and again. */
export function replying(replies: readonly Reply[] = [{ status: 200 }]): Channel {
  return new Channel(
    'callback',
    (_request, index) => replies[Math.min(index, replies.length - 1)] ?? { status: 200 },
  );
}
