import { parseJson } from './json.ts';
import { answeredBeforeHold, answeredBeforeReading } from './acceptance-wait.ts';
import { headers as names, table } from '../contract/vocabulary.ts';
import type { Answer, JsonObject } from './answer.ts';
import { acceptedId, idOf, isAccepted, monitorIn, namedIds, namesTwoIds } from './check/accepted.ts';
import { idThoughRefused } from './check/refused.ts';
import type { Principal } from './auth.ts';
import type { Client } from './client.ts';
import { VirtualClock } from './clock.ts';
import { isGuid } from './expect.ts';
import { Channel, replying } from './listener.ts';
import { patienceFor, retriesIn } from './probe-patience.ts';
import { callbackField, preferFields } from './preferences.ts';
import { Operation, monitorPath } from './operation.ts';
import type { MeasuredRetries } from './pace.ts';
import { defaultOutputs, Play, succeed, type AttemptPlan, type ProbeAnswer } from './plan.ts';
import type { CallOptions, Called } from './probe-calls.ts';
import { fixedCall } from './fixed-probe.ts';
import type { NamedOperation, Sending } from './sending.ts';
import type { Target } from './target.ts';
import { Blocked, NotReached, Undecided } from './verdict.ts';

/** A call whose readers inside attempts wait to be told its operation. */
interface Announced {
  readonly called: Called;
  readonly announce: (operation: Operation | undefined) => void;
}

/** Calls the probe of a target, and follows what it starts. */
export class Probe {
  readonly #target: Target;
  readonly #as: (principal: Principal) => Client;
  readonly #pace: MeasuredRetries | undefined;
  #raised: unknown;

  /** @param pace the target's retries in real time; without it nothing is known of them */
  constructor(target: Target, as: (principal: Principal) => Client, pace?: MeasuredRetries) {
    this.#target = target;
    this.#as = as;
    this.#pace = pace;
  }

  /** Raises what was raised inside an attempt, once. */
  raise(): void {
    const raised = this.#raised;
    this.#raised = undefined;
    if (raised !== undefined) throw raised;
  }

  /** POST of the probe, whatever it answers. */
  async call(options: CallOptions = {}): Promise<Called> {
    return (await this.#call(options)).called;
  }

  /** A call of the probe by another way, whatever it answers. */
  async callBy(send: Sending, options: CallOptions = {}): Promise<Called> {
    return (await this.#call(options, send)).called;
  }

  /** A submission by another way; `identify` blocks the check where an answer names no operation. */
  async submitBy(
    send: Sending,
    identify: (answer: Answer) => NamedOperation,
    options: CallOptions = {},
  ): Promise<Operation> {
    return announced(await this.#call(options, send), ({ called }) =>
      this.#operation(called, options, identify(called.answer)),
    );
  }

  /** POST of the probe with `respond-async`; blocks the check where it is not accepted. */
  async submit(options: CallOptions = {}): Promise<Operation> {
    return announced(await this.#callPlainly(options), async ({ called }) => {
      const read = (path: string): Promise<Answer> =>
        this.#as(options.as ?? 'initiator').send({ method: 'GET', path });
      const usual = async (): Promise<Answer> => (await this.call()).answer;
      const fails = retriesIn(options.attempts) > 0;
      const id = fails ? await idThoughRefused(called, { usual, read }) : undefined;
      if (id === undefined) return this.operationOf(called, options);
      return this.#operation(called, options, { id, monitorUrl: monitorPath(id) });
    });
  }

  /**
   * A call that asks for a callback has two preferences. Where it is not accepted with both in one field
   * it is made once more with a field for each; that it is accepted then is noted, and the check goes on.
   */
  async #callPlainly(options: CallOptions): Promise<Announced> {
    const first = await this.#call(options);
    const { answer } = first.called;
    const combined = first.called.callbacks !== undefined && options.prefer === undefined;
    if (!combined || isAccepted(answer) || answer.status === 429 || answer.status >= 500) return first;
    first.announce(undefined);
    const second = await this.#call({ ...options, prefer: (url) => ['respond-async', callbackField(url)] });
    if (!isAccepted(second.called.answer)) {
      second.announce(undefined);
      return first;
    }
    // What was raised belongs to the call that was carried out without being accepted.
    this.#raised = undefined;
    const why = `two preferences were accepted in two fields, but not in one: ${answer.describe()}`;
    answer.note('prefer.any-position', why, false);
    return second;
  }

  /** The operation that an accepted call started. */
  operationOf(called: Called, options: CallOptions = {}): Operation {
    const { answer } = called;
    if (!isAccepted(answer)) throw new Blocked('submit.accepted', answer.describe());
    const id = acceptedId(answer, called.id);
    return this.#operation(called, options, { id, monitorUrl: monitorIn(answer) ?? monitorPath(id) });
  }

  #operation(called: Called, options: CallOptions, named: NamedOperation): Operation {
    return new Operation(this.#target, this.#as, {
      ...named,
      accepted: called.answer,
      owner: options.as ?? 'initiator',
      play: called.play,
      asksForPlay: called.asksForPlay,
      callbacks: called.callbacks,
      callbackUrl: called.callbackUrl,
      outputs: called.outputs,
      body: called.body,
      another: () => this.submit(),
      raise: () => this.raise(),
      patience: patienceFor(this.#target, this.#pace, options.attempts),
      pace: this.#pace,
      submittedAt: this.#target.clock instanceof VirtualClock ? this.#target.clock.known : undefined,
    });
  }

  async #call(options: CallOptions, send: Sending = this.#post(options)): Promise<Announced> {
    if (options.prefer !== null && retriesIn(options.attempts) > 0) await this.#pace?.times();
    const plan = (options.attempts ?? [succeed()]).map((one) =>
      Array.isArray(one) ? (one as AttemptPlan) : [one as ProbeAnswer],
    );
    let announce: (operation: Operation | undefined) => void = () => undefined;
    const announced = new Promise<Operation | undefined>((resolve) => (announce = resolve));
    let settle: () => void = () => undefined;
    const answered = new Promise<true>((resolve) => {
      settle = () => resolve(true);
    });
    const played = this.#prepare(plan, options, announced, answered);
    const asked = options.callback === true ? {} : options.callback === false ? undefined : options.callback;
    const callbacks = asked === undefined ? undefined : replying(asked.replies);
    const { onArrival, suffix } = asked ?? {};
    if (callbacks !== undefined && onArrival !== undefined)
      callbacks.onArrival = () => this.#look(onArrival, announced);
    const callbackUrl =
      callbacks === undefined ? undefined : this.#target.listener.open(callbacks, suffix).url;
    const body = { ...played.body, ...options.body };
    const as = options.as ?? 'initiator';
    const answer = await send({ customApi: played.customApi, body, callbackUrl, as }).finally(settle);
    const called = {
      answer,
      play: played.play,
      asksForPlay: played.play !== undefined && body['ControlUrl'] === played.body['ControlUrl'],
      callbacks,
      callbackUrl,
      outputs: played.outputs,
      body,
      id: namesTwoIds(answer) ? await this.#whichId(answer, as) : idOf(answer),
    };
    return { called, announce };
  }

  #post({ prefer, headers = [], disconnect }: CallOptions): Sending {
    return ({ customApi, body, callbackUrl, as }) =>
      this.#as(as).api('POST', customApi, {
        headers: [...preferFields(prefer, callbackUrl), ...headers],
        body,
        ...(disconnect === true ? { disconnect: true } : {}),
      });
  }

  /** Of two ids that an answer names, the first under which there is an operation. */
  async #whichId(answer: Answer, as: Principal): Promise<string | undefined> {
    answer.note('submit.id-matches-location', answer.describeHeaders(names.operationId, names.location));
    const client = this.#as(as);
    for (const named of namedIds(answer)) {
      if (!isGuid(named)) continue;
      const row = this.#target.offers.table
        ? await client.api('GET', `${table.set}(${named})`)
        : await client.send({ method: 'GET', path: monitorPath(named) });
      if (row.ok) return named.toLowerCase();
    }
    return idOf(answer);
  }

  #prepare(
    plan: readonly AttemptPlan[],
    options: CallOptions,
    announced: Promise<Operation | undefined>,
    answered: Promise<true>,
  ): { customApi: string; body: JsonObject; outputs: JsonObject; play: Play | undefined } {
    const { probe } = this.#target.config.target;
    if (probe.kind === 'fixed') return fixedCall(probe, plan, options);
    const play = new Play(plan);
    const channel = new Channel('probe', async (request) => {
      const arrival = play.arrive(parseJson(request.body), performance.now(), request.exchange);
      const during = arrival.first ? options.during?.[arrival.number] : options.again;
      if (during !== undefined) await this.#look(during, announced);
      let answer = arrival.decide();
      // Where the submission is not answered before its custom API has finished, nobody could ever
      // release a hold: the attempt ends now, and the check is blocked.
      if (answer.outcome === 'continue' && (await answeredBeforeHold(this.#target, answered)) === undefined) {
        this.#raised ??= new NotReached('submit.does-not-wait', 'the custom API was executed before its 202');
        answer = arrival.decide(succeed());
      }
      if (answer.outcome === 'odd') return { status: answer.status, body: answer.body };
      return { status: 200, body: JSON.stringify(answer) };
    });
    // A row that hides what looks like a signature hides what the client sent.
    const { url } = this.#target.listener.open(channel, '?sig=bgop-control');
    const last = plan.at(-1)?.at(-1);
    const outputs =
      last !== undefined && 'outcome' in last && last.outcome === 'succeed'
        ? (last.outputs ?? {})
        : defaultOutputs;
    const body = { ControlUrl: url, ...(options.payload === undefined ? {} : { Payload: options.payload }) };
    return { customApi: probe.customApi, body, outputs, play };
  }

  /** Runs a reader inside an attempt; what it raises waits until the check looks. */
  async #look(
    during: (operation: Operation) => Promise<void>,
    announced: Promise<Operation | undefined>,
  ): Promise<void> {
    try {
      const operation = await answeredBeforeReading(this.#target, announced);
      if (operation === undefined) {
        const why = 'the target called the listener, but no 202 came before it was answered';
        // In real time a 202 may be slower than the first attempt.
        throw this.#target.clock.virtual ? new NotReached('submit.does-not-wait', why) : new Undecided(why);
      }
      await during(operation);
    } catch (error) {
      this.#raised ??= error;
    }
  }
}

/** Tells the readers inside attempts which operation a call started, or that it started none. */
async function announced(
  call: Announced,
  operationOf: (call: Announced) => Operation | Promise<Operation>,
): Promise<Operation> {
  try {
    const operation = await operationOf(call);
    call.announce(operation);
    return operation;
  } catch (error) {
    call.announce(undefined);
    throw error;
  }
}
