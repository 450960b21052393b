import type { JsonObject } from './answer.ts';
import { isObject } from './answer.ts';

/** What the suite tells the probe: the answers of the target interface, section "The probe". */
export type ProbeAnswer =
  | { readonly outcome: 'succeed'; readonly outputs?: JsonObject }
  | { readonly outcome: 'fail'; readonly errorMessage: string; readonly errorCode?: number }
  | { readonly outcome: 'continue'; readonly milliseconds: number };

/** An answer outside the probe's protocol, to see what the target makes of it. */
export interface OddAnswer {
  readonly outcome: 'odd';
  readonly status: number;
  readonly body: string;
}

/** One attempt: `continue` answers first, then its outcome. A `hold` keeps it open until released. */
export type AttemptPlan = readonly (ProbeAnswer | OddAnswer | Hold)[];

/** Keeps an attempt executing until it is released with the answer that ends it. */
export class Hold {
  /** Milliseconds of the target's clock that one `continue` asks for. */
  readonly milliseconds: number;
  #released: ProbeAnswer | undefined;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  /** Ends the attempt, the next time that the probe asks. */
  release(answer: ProbeAnswer): void {
    this.#released = answer;
  }

  get released(): ProbeAnswer | undefined {
    return this.#released;
  }
}

/** The probe's default outputs: one of each declared type that is safe everywhere. */
export const defaultOutputs: JsonObject = { Text: 'done', Count: 42, Flag: true };

/** The message of the default failure. */
export const defaultErrorMessage = 'The probe failed because it was told to.';

/** The attempt succeeds. Without arguments it stands for any success, also that of a fixed custom API. */
export function succeed(outputs?: JsonObject): ProbeAnswer {
  return { outcome: 'succeed', outputs: outputs ?? defaultOutputs };
}

/** The attempt fails, with an error that is not the platform's unless a code is given. */
export function fail(errorMessage: string = defaultErrorMessage, errorCode?: number): ProbeAnswer {
  return errorCode === undefined
    ? { outcome: 'fail', errorMessage }
    : { outcome: 'fail', errorMessage, errorCode };
}

/**
 * Answers outside the probe's protocol, each of another kind. The attempt goes wrong by itself then: it fails, with an
 * error that is not the platform's. A further status of success is not among them: to some it is success.
 */
export const oddAnswers: readonly OddAnswer[] = [
  { outcome: 'odd', status: 500, body: '' },
  { outcome: 'odd', status: 200, body: 'no JSON' },
  { outcome: 'odd', status: 404, body: '{"error":{"code":"0x80040217","message":"No such thing."}}' },
  { outcome: 'odd', status: 200, body: '{"outcome":"neither"}' },
  { outcome: 'odd', status: 400, body: '{}' },
  { outcome: 'odd', status: 503, body: 'no JSON' },
  { outcome: 'odd', status: 200, body: '[]' },
  { outcome: 'odd', status: 401, body: '' },
];

/** The attempt keeps executing that long on the target's clock, then asks again. */
export function proceed(milliseconds: number): ProbeAnswer {
  return { outcome: 'continue', milliseconds };
}

/** One call of the probe, as it arrived. */
export interface ProbeCall {
  /** The target's clock, epoch milliseconds; NaN where the call named none. */
  readonly time: number;
  /** The suite's clock, milliseconds since the process began. */
  readonly arrivedAt: number;
  readonly attempt: number | undefined;
  readonly backgroundOperationId: string | undefined;
  readonly payload: string | undefined;
  /** The codes that the probe provokes from the platform; undefined where every code it fails with is the platform's. */
  readonly platformErrors: readonly unknown[] | undefined;
  /** Undefined until it is decided. */
  readonly answer: ProbeAnswer | OddAnswer | undefined;
  /** When it was decided, on the suite's clock; undefined until then. */
  readonly answeredAt: number | undefined;
}

/** A call that waits for its answer. */
export interface WaitingCall {
  /** The attempt that it belongs to, from 1. */
  readonly number: number;
  /** Whether it is the attempt's first call. */
  readonly first: boolean;
  /** Decides the answer by the plan, or by what is given instead. */
  decide(instead?: ProbeAnswer): ProbeAnswer | OddAnswer;
}

/** One attempt as the suite saw it: its calls in order. */
export interface Attempt {
  readonly calls: ProbeCall[];
  /** The id of its first call in the evidence; undefined where none is kept. */
  readonly exchange?: number | undefined;
}

const sameAttemptToleranceMs = 900;

/** Plays a plan, attempt by attempt, and records the calls. Past its end the last attempt repeats. */
export class Play {
  readonly attempts: Attempt[] = [];
  readonly #plan: readonly AttemptPlan[];
  #step = 0;

  constructor(plan: readonly AttemptPlan[]) {
    this.#plan = plan;
  }

  /** Whether an attempt, from 1, goes on until the check releases it. */
  holds(attempt: number): boolean {
    return this.#planOf(attempt).some((step) => step instanceof Hold && step.released === undefined);
  }

  /** Takes one call of the probe; the answer is decided later, so that a check can look around in between. */
  arrive(body: unknown, arrivedAt: number, exchange?: number): WaitingCall {
    const call = readCall(body, arrivedAt);
    const first = this.#startsAttempt(call);
    if (first) {
      this.attempts.push({ calls: [], exchange });
      this.#step = 0;
    }
    const number = this.attempts.length;
    const steps = this.#planOf(number);
    const step = steps[Math.min(this.#step, steps.length - 1)] ?? succeed();
    if (!(step instanceof Hold)) this.#step += 1;
    const recorded: { -readonly [K in keyof ProbeCall]: ProbeCall[K] } = {
      ...call,
      answer: undefined,
      answeredAt: undefined,
    };
    this.attempts.at(-1)?.calls.push(recorded);
    const decide = (instead?: ProbeAnswer): ProbeAnswer | OddAnswer => {
      recorded.answer =
        instead ?? (step instanceof Hold ? (step.released ?? proceed(step.milliseconds)) : step);
      recorded.answeredAt = performance.now();
      return recorded.answer;
    };
    return { number, first, decide };
  }

  #planOf(attempt: number): AttemptPlan {
    return this.#plan[Math.min(attempt, this.#plan.length) - 1] ?? [];
  }

  /** Whether a call begins a new attempt, rather than asking again after `continue`. */
  #startsAttempt(call: Omit<ProbeCall, 'answer' | 'answeredAt'>): boolean {
    const previous = this.attempts.at(-1)?.calls.at(-1);
    if (previous?.answer?.outcome !== 'continue') return true;
    if (call.attempt !== undefined && previous.attempt !== undefined)
      return call.attempt !== previous.attempt;
    const expected = previous.time + previous.answer.milliseconds;
    // Without attempt numbers a call that comes much later than asked for is a retry after a time-out,
    // and one that comes much earlier is another attempt beside this one.
    return (
      call.time > expected + Math.max(sameAttemptToleranceMs, previous.answer.milliseconds * 0.5) ||
      call.time < expected - sameAttemptToleranceMs
    );
  }
}

function readCall(body: unknown, arrivedAt: number): Omit<ProbeCall, 'answer' | 'answeredAt'> {
  const call = isObject(body) ? body : {};
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return {
    time: Date.parse(text(call['time']) ?? ''),
    arrivedAt,
    attempt: typeof call['attempt'] === 'number' ? call['attempt'] : undefined,
    backgroundOperationId: text(call['backgroundOperationId'])?.toLowerCase(),
    payload: text(call['payload']),
    platformErrors: Array.isArray(call['platformErrors']) ? (call['platformErrors'] as unknown[]) : undefined,
  };
}
