import { parseJson } from './json.ts';
import { answeredBeforeHold, answeredBeforeReading } from './acceptance-wait.ts';
import { headers as names, limits, paths, table } from '../contract/vocabulary.ts';
import type { Answer, JsonObject } from './answer.ts';
import { acceptedId, idOf, isAccepted, namedIds, namesTwoIds } from './check/accepted.ts';
import type { Principal } from './auth.ts';
import type { Client } from './client.ts';
import { VirtualClock } from './clock.ts';
import { untilFinished, type Patience } from './drive.ts';
import { isGuid } from './expect.ts';
import { Channel, replying, type Reply } from './listener.ts';
import { tellNotice } from './notices.ts';
import { callbackField, preferFields, type Preferences } from './preferences.ts';
import { Operation, monitorPath } from './operation.ts';
import type { Pace } from './pace.ts';
import { defaultOutputs, Hold, Play, succeed, type AttemptPlan, type ProbeAnswer } from './plan.ts';
import { fixedCall } from './fixed-probe.ts';
import type { Target } from './target.ts';
import { Blocked, NotReached, Undecided } from './verdict.ts';

/** One attempt as its steps, or as its only step. */
export type Attempts = readonly (AttemptPlan | AttemptPlan[number])[];

/** How a callback is asked for, and received. */
interface CallbackOptions {
  /** The receiver's replies, the last one repeats; 200 by default. */
  readonly replies?: readonly Reply[];
  /** Added to the URL: further path, query. */
  readonly suffix?: string;
  /** Runs on each arrival, before the receiver replies. */
  readonly onArrival?: (operation: Operation) => Promise<void>;
}

/** How a call of the probe is made. */
export interface CallOptions {
  /** What each attempt does; the last one repeats. One success by default. */
  readonly attempts?: Attempts;
  readonly payload?: string;
  /** `Prefer` fields, made from the callback's URL where there is one; null sends none. */
  readonly prefer?: Preferences;
  /** Asks for a callback. */
  readonly callback?: boolean | CallbackOptions;
  readonly headers?: readonly (readonly [string, string])[];
  /** Further members of the body, or other values. */
  readonly body?: JsonObject;
  readonly as?: Principal;
  /** The client closes the connection as soon as the answer's head is there. */
  readonly disconnect?: boolean;
  /** Runs inside the first call of the given attempt, while the target waits for the answer. */
  readonly during?: Readonly<Record<number, (operation: Operation) => Promise<void>>>;
}

/** A call of the probe with what came of it. */
export interface Called {
  readonly answer: Answer;
  readonly play: Play | undefined;
  readonly callbacks: Channel | undefined;
  readonly callbackUrl: string | undefined;
  readonly outputs: JsonObject;
  readonly body: JsonObject;
  /** The id that the answer's headers name, from either; undefined where neither does. */
  readonly id: string | undefined;
}

/** A call whose readers inside attempts wait to be told its operation. */
interface Announced {
  readonly called: Called;
  readonly announce: (operation: Operation | undefined) => void;
}

/** Calls the probe of a target, and follows what it starts. */
export class Probe {
  readonly #target: Target;
  readonly #as: (principal: Principal) => Client;
  readonly #pace: Pace | undefined;
  #raised: unknown;

  /** @param pace the target's retries in real time; without it nothing is known of them */
  constructor(target: Target, as: (principal: Principal) => Client, pace?: Pace) {
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

  /** POST of the probe with `respond-async`; blocks the check where it is not accepted. */
  async submit(options: CallOptions = {}): Promise<Operation> {
    const { called, announce } = await this.#callPlainly(options);
    try {
      await this.#requireFailureAccepted(called, options);
      const operation = this.operationOf(called, options);
      announce(operation);
      return operation;
    } catch (error) {
      announce(undefined);
      throw error;
    }
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

  /** Blocks the check where only a call whose custom API fails is not accepted. */
  async #requireFailureAccepted({ answer }: Called, options: CallOptions): Promise<void> {
    if (retriesIn(options) === 0 || answer.status < 400 || answer.status === 429) return;
    const { answer: usual } = await this.call();
    if (isAccepted(usual)) throw new NotReached('submit.failure-is-accepted', answer.describe());
  }

  /** The operation that an accepted call started. */
  operationOf(called: Called, options: CallOptions = {}): Operation {
    const { answer } = called;
    if (!isAccepted(answer)) throw new Blocked('submit.accepted', answer.describe());
    const id = acceptedId(answer, called.id);
    const location = answer.header(names.location);
    const monitorUrl = location?.toLowerCase().includes(paths.monitor) === true ? location : monitorPath(id);
    return new Operation(this.#target, this.#as, {
      id,
      monitorUrl,
      accepted: answer,
      owner: options.as ?? 'initiator',
      play: called.play,
      callbacks: called.callbacks,
      callbackUrl: called.callbackUrl,
      outputs: called.outputs,
      body: called.body,
      another: () => this.submit(),
      raise: () => this.raise(),
      patience: this.#patience(options),
      pace: this.#pace,
      submittedAt: this.#target.clock instanceof VirtualClock ? this.#target.clock.known : undefined,
    });
  }

  async #call(options: CallOptions): Promise<Announced> {
    if (options.prefer !== null && retriesIn(options) > 0) await this.#pace?.times();
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
    const answer = await this.#as(options.as ?? 'initiator')
      .api('POST', played.customApi, {
        headers: [...preferFields(options.prefer, callbackUrl), ...(options.headers ?? [])],
        body,
        ...(options.disconnect === true ? { disconnect: true } : {}),
      })
      .finally(settle);
    const called = {
      answer,
      play: played.play,
      callbacks,
      callbackUrl,
      outputs: played.outputs,
      body,
      id: namesTwoIds(answer) ? await this.#whichId(answer, options.as ?? 'initiator') : idOf(answer),
    };
    return { called, announce };
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
      const arrival = play.arrive(parseJson(request.body), performance.now());
      const during = arrival.first ? options.during?.[arrival.number] : undefined;
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
    const { url } = this.#target.listener.open(channel);
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

  #patience(options: CallOptions): Patience {
    const { config, offers } = this.#target;
    const failing = (options.attempts ?? []).some((attempt) =>
      (Array.isArray(attempt) ? (attempt as AttemptPlan) : [attempt as AttemptPlan[number]]).some(
        (step) => step instanceof Hold || step.outcome !== 'succeed',
      ),
    );
    if (!failing) return { ...untilFinished, realMs: config.timeouts.progressMs / 2 };
    const realMs = offers.slow ? slowMs : config.budget.waitMs;
    const beyond = this.#pace?.beyond(retriesIn(options));
    // Not at once: it may come to rest without the retries, which were not to be waited for then.
    if (beyond !== undefined) return { ...untilFinished, realMs: Math.min(realMs, glanceMs), beyond };
    // Whoever wants to see the run get ahead has to know that this may be a long wait.
    if (this.#pace !== undefined) tellNotice({ kind: 'patient', milliseconds: realMs });
    return { ...untilFinished, realMs };
  }
}

/** How long an operation may take with `slow`: four attempts and the waits between them. */
export const slowMs = 4 * (limits.attemptGraceMilliseconds + 10 * 60_000);
const glanceMs = 3_000;

/** The retries that the attempts of a call ask for, by those that fail at its beginning. */
function retriesIn({ attempts = [] }: CallOptions): number {
  const fails = attempts.map((attempt) => {
    const last = Array.isArray(attempt) ? (attempt as AttemptPlan).at(-1) : (attempt as AttemptPlan[number]);
    return last !== undefined && !(last instanceof Hold) && ['fail', 'odd'].includes(last.outcome);
  });
  const other = fails.indexOf(false);
  return other === -1 && fails.length > 0 ? limits.retries : Math.max(0, other);
}
