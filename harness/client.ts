import { paths } from '../contract/vocabulary.ts';
import { Answer, type JsonObject, type WireAnswer, type WireRequest } from './answer.ts';
import type { Principal } from './auth.ts';
import type { Note } from './check/findings.ts';
import { deadToken, isDead, OwnRefusals } from './client/refused-token.ts';
import { shapeOf } from './client/shape.ts';
import { VirtualClock } from './clock.ts';
import { lookAtAnyAnswer } from './forms/any-answer.ts';
import { noteDisruption } from './disruptions.ts';
import type { BodyText, Exchange, HeaderFields } from '../record/evidence.ts';
import { maskHeaders, maskText } from './mask.ts';
import { tellNotice } from './notices.ts';
import type { Target } from './target.ts';
import { bodyText, type Transcript } from './transcript.ts';
import type { SendOptions } from './transport.ts';
import { Interrupted, TransportError } from './verdict.ts';

/** The headers that Web API clients are told to send. */
const odataHeaders: readonly (readonly [string, string])[] = [
  ['Accept', 'application/json'],
  ['OData-MaxVersion', '4.0'],
  ['OData-Version', '4.0'],
];

/** Statuses with which a target may refuse a request for its lack of headers. */
const mayDemandHeaders: ReadonlySet<number> = new Set([400, 406, 412, 415, 428]);

/** Targets whose monitors were seen to need OData headers. */
const demanding = new WeakSet<Target>();

/** What targets refuse of good tokens. */
const refusals = new WeakMap<Target, OwnRefusals>();

/** One request, before the client adds what every request carries. */
export interface ClientRequest extends SendOptions {
  readonly method: string;
  /** A path on the target, or an absolute URL, of which only path and query count. */
  readonly path: string;
  /** Scheme and authority where the target serves this elsewhere; by default the target's own. */
  readonly base?: string;
  /** Several fields of one name are sent as several fields. */
  readonly headers?: readonly (readonly [string, string])[];
  /** A value is sent as JSON; text is sent as it is. */
  readonly body?: JsonObject | string;
}

/** Requests as one principal, each written into the transcript of the check. */
export class Client {
  readonly #target: Target;
  readonly #principal: Principal;
  readonly #transcript: Transcript;
  readonly #note: Note | undefined;

  /** @param note is told of breaches of form that readers of the answers meet */
  constructor(target: Target, principal: Principal, transcript: Transcript, note?: Note) {
    this.#target = target;
    this.#principal = principal;
    this.#transcript = transcript;
    this.#note = note;
  }

  /** A request to the Web API: the usual OData headers, the path relative to the service root. */
  api(
    method: string,
    resource: string,
    request: Omit<ClientRequest, 'method' | 'path'> = {},
  ): Promise<Answer> {
    const path = `/api/data/${this.#target.config.target.apiVersion}/${resource}`;
    return this.send({ ...request, method, path, headers: [...odataHeaders, ...(request.headers ?? [])] });
  }

  /** Follows an absolute link of the Web API (`@odata.nextLink`) with the usual headers. */
  follow(link: string, headers: readonly (readonly [string, string])[] = []): Promise<Answer> {
    return this.send({ method: 'GET', path: link, headers: [...odataHeaders, ...headers] });
  }

  /**
   * A request to a monitor, which needs no OData headers. Of a target that demands them that is noted, and
   * they are sent from then on.
   */
  async monitor(request: ClientRequest): Promise<Answer> {
    const dressed = { ...request, headers: [...odataHeaders, ...(request.headers ?? [])] };
    if (demanding.has(this.#target)) return this.send(dressed);
    const bare = await this.send(request);
    if (bare.ok || !mayDemandHeaders.has(bare.status)) return bare;
    const again = await this.send(dressed);
    if (!again.ok) return bare;
    demanding.add(this.#target);
    bare.note('monitor.needs-no-odata-headers', bare.describe());
    return again;
  }

  /**
   * A request to any path of the target, with no header but the token, the given ones and a content type.
   *
   * @throws TransportError when no usable answer comes
   */
  async send(request: ClientRequest): Promise<Answer> {
    const given = request.headers?.some(([key]) => key.toLowerCase() === 'authorization') === true;
    const authorization = given ? undefined : await this.#authorization();
    const answer = await this.#ask(request, authorization);
    if (answer.status !== 401 || authorization === undefined) return answer;
    // A token may expire earlier than it said, by a clock that goes differently: that says nothing of the target.
    const renewed = await this.#target.renewed?.(this.#principal, authorization);
    if (renewed !== undefined) return this.#ask(request, renewed);
    return this.#afterRefusal(request, authorization, answer);
  }

  async #authorization(): Promise<string | undefined> {
    try {
      return await this.#target.authorization(this.#principal);
    } catch (error) {
      // A token that expired by its own word, and that nobody renews.
      const fixed = this.#target.config.target.auth.kind === 'bearer' && this.#principal === 'initiator';
      if (fixed && error instanceof TransportError) this.#endRun(error.message.replace(/\.$/, ''));
      throw error;
    }
  }

  /** Nothing more can be asked as the initiator. */
  #endRun(why: string): void {
    tellNotice({ kind: 'gave-up', why });
  }

  /**
   * A token of the configuration was accepted before the run. Where nothing is accepted with it any more,
   * it has expired or was revoked meanwhile: that is not the target's fault, and ends the run where it is
   * the initiator's. Where it is good, the request is sent again: who refuses it has not taken it.
   *
   * @throws TransportError for a token that is dead
   */
  async #afterRefusal(request: ClientRequest, authorization: string, refused: Answer): Promise<Answer> {
    const { auth, otherUserAuth, unprivilegedAuth, apiVersion } = this.#target.config.target;
    const principals = { initiator: auth, other: otherUserAuth, unprivileged: unprivilegedAuth };
    const used = this.#principal === 'anonymous' ? undefined : principals[this.#principal];
    if (used === undefined || used.kind === 'none') return refused;
    const path = `/api/data/${apiVersion}/WhoAmI`;
    const { waitMs } = this.#target.config.timeouts;
    const whoAmI = async (): Promise<number> =>
      (await this.#ask({ method: 'GET', path, headers: odataHeaders }, authorization)).status;
    if (await isDead({ whoAmI, waitMs })) {
      const { what, wayOut } = deadToken(used);
      noteDisruption('sign-in', what);
      const why = `${what}: ${wayOut}`;
      if (this.#principal === 'initiator') this.#endRun(why);
      throw new TransportError(`${why}.`, [], 'sign-in');
    }
    const own = refusals.get(this.#target) ?? new OwnRefusals();
    refusals.set(this.#target, own);
    const { method, path: of, base, headers = [] } = request;
    const shape = shapeOf({ method, url: this.#address(of, base), headers });
    const key = `${this.#principal} ${shape}`;
    const settled = await own.settle(key, refused, () => this.#ask(request, authorization));
    if (settled.recovered)
      noteDisruption('sign-in', 'a good token was refused with 401, and accepted when it was sent again');
    return settled.answer;
  }

  async #ask(request: ClientRequest, authorization: string | undefined): Promise<Answer> {
    const headers = [...(request.headers ?? [])];
    const has = (name: string): boolean => headers.some(([key]) => key.toLowerCase() === name);
    if (authorization !== undefined) headers.push(['Authorization', authorization]);
    if (request.body !== undefined && !has('content-type'))
      headers.push(['Content-Type', 'application/json']);
    const wire: WireRequest = {
      method: request.method,
      url: this.#address(request.path, request.base),
      headers,
      ...(request.body === undefined
        ? {}
        : { body: typeof request.body === 'string' ? request.body : JSON.stringify(request.body) }),
    };
    const at = Date.now();
    const started = performance.now();
    const from = this.#transcript.moment();
    try {
      const answer = await this.#target.transport.send(wire, request);
      this.#record(wire, at, performance.now() - started, from, answer);
      this.#remember(wire, answer, at);
      const told = new Answer(wire, answer, this.#note, from);
      // Of one whose connection was cut only the head is there.
      if (this.#note !== undefined && request.disconnect !== true)
        lookAtAnyAnswer(told, this.#principal, this.#target.config);
      return told;
    } catch (error) {
      if (error instanceof Interrupted)
        this.#record(wire, at, performance.now() - started, from, error.message);
      if (!(error instanceof TransportError)) throw error;
      this.#record(wire, at, performance.now() - started, from, error.message);
      // Such a message names the culprit already.
      if (error.blame !== undefined) throw error;
      throw new TransportError(`the target gave no answer: ${maskText(error.message)}`);
    }
  }

  /** What the target knows now it has to know later, unless it loses its state. */
  #remember({ method, url }: WireRequest, { status }: WireAnswer, at: number): void {
    const { watch, clock } = this.#target;
    if (watch === undefined || this.#principal !== 'initiator' || method !== 'GET' || status !== 200) return;
    const path = url.slice(this.#target.url.length);
    if (!path.startsWith(paths.monitor)) return;
    watch.memory.seen(path, at, clock instanceof VirtualClock ? clock.known : undefined);
  }

  #address(path: string, base = this.#target.url): string {
    const relative = /^https?:\/\/[^/?#]*(.*)$/i.exec(path)?.[1] ?? path;
    return base + (relative.startsWith('/') ? relative : `/${relative}`);
  }

  #record(
    wire: WireRequest,
    at: number,
    durationMs: number,
    from: number,
    outcome: WireAnswer | string,
  ): void {
    const { clock } = this.#target;
    const known = clock instanceof VirtualClock ? clock.known : undefined;
    const principal = this.#principal;
    const order = { from, to: this.#transcript.moment() };
    const made = ({ text, fields, body }: Presentation): Exchange => ({
      kind: 'exchange',
      id: from,
      at: new Date(at).toISOString(),
      ...(known === undefined ? {} : { virtualTime: new Date(known).toISOString() }),
      durationMs: Math.round(durationMs * 10) / 10,
      order,
      principal,
      request: {
        method: wire.method,
        url: text(wire.url),
        headers: fields(wire.headers),
        ...(wire.body === undefined ? {} : { body: body(wire.body) }),
      },
      ...(typeof outcome === 'string'
        ? { error: text(outcome) }
        : {
            response: {
              status: outcome.status,
              headers: fields(outcome.headers),
              ...(outcome.body === '' ? {} : { body: body(outcome.body) }),
            },
          }),
    });
    this.#transcript.add({ masked: () => made(maskedForm), unmasked: () => made(plainForm) });
  }
}

/** How the parts of an exchange become evidence. */
interface Presentation {
  readonly text: (text: string) => string;
  readonly fields: (fields: HeaderFields) => HeaderFields;
  readonly body: (body: string) => BodyText;
}

const maskedForm: Presentation = { text: maskText, fields: maskHeaders, body: bodyText };
const plainForm: Presentation = {
  text: (text) => text,
  fields: (fields) => fields,
  body: (text) => ({ text }),
};
