import type { Cause } from '../record/cause.ts';
import { setTimeout as realSleep } from 'node:timers/promises';
import type { WireAnswer, WireRequest } from './answer.ts';
import { ScoutGate } from './client/scout.ts';
import { isPlatformErrorBody } from './client/suspicion.ts';
import { noteDisruption } from './disruptions.ts';
import type { Notice } from './notices.ts';
import { soapWait } from './organization-service/throttling.ts';
import type { RequestCounter } from './requests.ts';
import { imposedWait } from './stopwatch.ts';
import type { SendOptions, Transport } from './transport.ts';
import { TransportError } from './verdict.ts';

/** How the suite treats a target that asks for less. */
export interface PolitenessOptions {
  /** Longest real time that one request waits because the target asks for it, milliseconds. */
  readonly patienceMs: number;
  readonly counter: RequestCounter;
  /** Is told of each wait before it begins, and when patience is at its end. */
  readonly tell: (notice: Notice) => void;
  /** For tests; real time by default. */
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** How far apart requests start that were made to wait. */
const gapMs = 25;
/** After how many refusals with 503 it is asked whether only this request is refused. */
const stubborn = 3;

/** The least wait, for a target that says 0. */
const leastMs = 1_000;

/**
 * A transport that waits when it is told to, so that no check ever sees the answer that says so: 429
 * (with the exponential wait of Microsoft's own samples where it names no time), and 503 with
 * `Retry-After`. Both mean that the request was not handled, so that any method may be sent again.
 * All requests of the process wait, since limits are per user. It also keeps the request budget.
 *
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/api-limits
 */
export class PoliteTransport implements Transport {
  readonly #inner: Transport;
  readonly #options: PolitenessOptions;
  readonly #now: () => number;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  #blockedUntil = 0;
  #gaveUp: TransportError | undefined;
  #answered = 0;
  #disturbedMs = 0;
  readonly #gate = new ScoutGate();
  #nextStart = 0;
  /**
   * Asked where a request is refused with 503 again and again: whether others get through, so that it is
   * the target's own answer to this one.
   */
  othersGetThrough: (() => Promise<boolean>) | undefined;
  /** Told of each wait, in milliseconds, so that whoever has a deadline can move it. */
  onWait: ((milliseconds: number) => void) | undefined;

  constructor(inner: Transport, options: PolitenessOptions) {
    this.#inner = inner;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#sleep = options.sleep ?? realSleep;
  }

  /** A check begins: from now on {@link disturbedMs} counts for it. */
  begin(): void {
    this.#answered = 0;
    this.#disturbedMs = 0;
    this.onWait = undefined;
  }

  /**
   * Milliseconds that the target made the check wait after it had begun to work with it. Meanwhile an
   * attempt may have timed out, so that nothing the check then misses can be held against the target.
   */
  get disturbedMs(): number {
    return this.#disturbedMs;
  }

  /** Requests that this process has sent. */
  get sent(): number {
    return this.#options.counter.sent;
  }

  /** Why no more requests are sent; undefined while they are. */
  spent(): Cause | undefined {
    return this.#options.counter.spent();
  }

  /** Tidying up does not count against the budget. */
  tidy(): void {
    this.#options.counter.release();
  }

  async send(request: WireRequest, options?: SendOptions): Promise<WireAnswer> {
    const began = this.#now();
    for (let refusals = 0; ; refusals += 1) {
      const leave = await this.#entered();
      try {
        if (this.#gaveUp !== undefined) throw this.#gaveUp;
        this.#options.counter.take();
        const answer = await this.#inner.send(request, options);
        const waitMs = askedWait(answer, refusals);
        if (waitMs === undefined || (await this.#isItsOwn(answer, refusals))) {
          this.#gate.open();
          this.#answered += 1;
          return answer;
        }
        this.#block(request, answer, this.#believed(answer, waitMs, refusals), this.#now() - began);
      } finally {
        leave();
      }
    }
  }

  async #isItsOwn({ status }: WireAnswer, refusals: number): Promise<boolean> {
    if (status !== 503 || refusals < stubborn) return false;
    return (await this.othersGetThrough?.()) === true;
  }

  /** Resolves when a request may be sent, with what to call after its answer. */
  async #entered(): Promise<() => void> {
    for (;;) {
      const waited = this.#left() > 0;
      await this.#untilAllowed();
      const leave = await this.#gate.enter();
      if (this.#left() <= 0) {
        if (waited) await this.#inTurn();
        return leave;
      }
      leave();
    }
  }

  /** Those that waited start one after another. */
  async #inTurn(): Promise<void> {
    const now = this.#now();
    const start = Math.max(now, this.#nextStart);
    this.#nextStart = start + gapMs;
    if (start > now) await imposedWait(() => this.#sleep(start - now));
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  /** A gateway that asks for more than anybody waits is asked again soon, a few times: the target has not said so. */
  #believed(answer: WireAnswer, waitMs: number, refusals: number): number {
    if (waitMs <= this.#options.patienceMs || refusals >= stubborn || !isForeign(answer)) return waitMs;
    noteDisruption('gateway', `a gateway in front of the target asked to wait ${inSeconds(waitMs)}`);
    return 2 ** refusals * leastMs;
  }

  #block({ method, url }: WireRequest, answer: WireAnswer, waitMs: number, waitedMs: number): void {
    const { status } = answer;
    const foreign = isForeign(answer);
    const { patienceMs, tell } = this.#options;
    const what = `${status} to ${method} ${URL.parse(url)?.pathname ?? url}`;
    if (waitedMs + waitMs > patienceMs) {
      const who = foreign ? 'a gateway in front of the target' : 'the target';
      const why = `${who} answers ${what} and asks to wait another ${inSeconds(waitMs)}; the suite waits ${inSeconds(patienceMs)} at most (timeouts.patienceMs)`;
      this.#gaveUp ??= new TransportError(why, [], foreign ? 'gateway' : undefined);
      tell({ kind: 'gave-up', why: this.#gaveUp.message });
      throw this.#gaveUp;
    }
    const until = this.#now() + waitMs;
    if (until <= this.#blockedUntil) return;
    this.#blockedUntil = until;
    this.#gate.close();
    tell({ kind: 'waiting', milliseconds: waitMs, why: what });
    this.onWait?.(waitMs);
  }

  async #untilAllowed(): Promise<void> {
    for (let left = this.#left(); left > 0; left = this.#left()) {
      if (this.#answered > 0) this.#disturbedMs += left;
      await imposedWait(() => this.#sleep(left));
    }
  }

  #left(): number {
    return this.#gaveUp === undefined ? this.#blockedUntil - this.#now() : 0;
  }
}

/** The milliseconds that an answer asks to wait before the request is sent again; undefined where it does not. */
export function askedWait(answer: WireAnswer, refusals: number): number | undefined {
  const { status, headers } = answer;
  const bySoap = soapWait(answer);
  if (bySoap !== undefined) return Math.max(leastMs, bySoap);
  if (status !== 429 && status !== 503) return undefined;
  const named = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1].trim();
  const asked = named === undefined ? undefined : retryAfterMs(named);
  if (asked !== undefined) return Math.max(leastMs, asked);
  return status === 429 ? 2 ** Math.min(refusals, 10) * 1_000 : undefined;
}

/** `Retry-After` in milliseconds from now: whole seconds, or a date. */
function retryAfterMs(value: string): number | undefined {
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const date = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : date - Date.now();
}

/** Whether a refusal is in another form than the platform's. */
function isForeign(answer: WireAnswer): boolean {
  return soapWait(answer) === undefined && !isPlatformErrorBody(answer.body, true);
}

function inSeconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 1_000)} s`;
}
