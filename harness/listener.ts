import { randomUUID } from 'node:crypto';
import type { Received } from './evidence.ts';
import { maskHeaders, maskText } from './mask.ts';
import { bodyText } from './transcript.ts';

/** A request that reached the listener. `path` and `query` are as they came, undecoded; `query` without `?`. */
export interface IncomingRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** What the listener answers; `hang` never answers until dropped, `cut` breaks the connection. */
export type Reply =
  { readonly status: number; readonly body?: string; readonly contentType?: string } | 'hang' | 'cut';

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

/** The longest body that is taken at the path of a preregistered webhook, which anybody may guess, in bytes. */
const eventBytes = 512 * 1024;
/** The longest body that is taken at a path that nobody opened, in bytes. */
const unexpectedBytes = 16 * 1024;
/** How many deliveries are kept of one channel, and of all unexpected ones; the oldest go first. */
const keptDeliveries = 1_000;
const keptUnexpected = 200;

function keep(list: Delivery[], delivery: Delivery, most: number): void {
  list.push(delivery);
  if (list.length > most) list.shift();
}

/** One unguessable path of the listener: records what comes and decides the reply. */
export class Channel {
  readonly purpose: Purpose;
  readonly deliveries: Delivery[] = [];
  /** Decides the reply; may take its time. */
  readonly reply: (request: IncomingRequest, index: number) => Reply | Promise<Reply>;
  /** Called for each request as it arrives, before the reply is decided. */
  onArrival: ((request: IncomingRequest) => void | Promise<void>) | undefined;
  readonly #waiters = new Set<() => void>();

  constructor(purpose: Purpose, reply: Channel['reply']) {
    this.purpose = purpose;
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
  /** Told of every request, as evidence. */
  onReceived: ((received: () => Received) => void) | undefined;

  /** @param base where the target reaches the listener, without a slash at its end */
  constructor(base: string) {
    this.#base = base;
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
    const folder = this.mark === undefined ? 'bgop' : `bgop/${this.mark}`;
    return { key, url: `${this.#base}/${folder}/${key}${suffix}` };
  }

  /** Makes `/bgop/events` the fixed path of a webhook that the target's owner registered beforehand. */
  preregister(channel: Channel): void {
    this.#channels.set('events', channel);
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
    return keyIn.exec(path)?.[1] === 'events' ? Math.min(most, eventBytes) : most;
  }

  /** Receives one request and resolves with the reply; `hang` resolves, as `cut`, once dropped. */
  async handle(request: IncomingRequest): Promise<Exclude<Reply, 'hang'>> {
    const arrivedAt = performance.now();
    const at = new Date().toISOString();
    const channel = this.#channelOf(request.path);
    if (channel === undefined) {
      const reply = { status: 404 };
      keep(this.unexpected, { ...request, arrivedAt, at, reply }, keptUnexpected);
      this.#report({ ...request, arrivedAt, at, reply }, 'unexpected');
      return reply;
    }
    await channel.onArrival?.(request);
    const reply = await channel.reply(request, channel.deliveries.length);
    const delivery = { ...request, arrivedAt, at, reply };
    channel.record(delivery);
    this.#report(delivery, channel.purpose);
    if (reply !== 'hang') return reply;
    return new Promise((resolve) => {
      this.#hanging.add((dropped) => resolve(dropped === 'hang' ? 'cut' : dropped));
    });
  }

  #channelOf(path: string): Channel | undefined {
    return this.#channels.get(keyIn.exec(path)?.[1] ?? '');
  }

  #report(delivery: Delivery, purpose: Received['purpose']): void {
    this.onReceived?.(() => ({
      kind: 'received',
      at: delivery.at,
      purpose,
      method: delivery.method,
      url: maskText(delivery.path + (delivery.query === '' ? '' : `?${delivery.query}`)),
      headers: maskHeaders(delivery.headers),
      body: bodyText(delivery.body),
      answered:
        typeof delivery.reply === 'string'
          ? delivery.reply
          : `${delivery.reply.status}${delivery.reply.body === undefined ? '' : ` ${maskText(delivery.reply.body)}`}`,
    }));
  }
}
