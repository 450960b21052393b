import { randomUUID } from 'node:crypto';
import { limits, members, table } from '../../contract/vocabulary.ts';
import { isObject, type Answer, type JsonObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { monitorPath, type CancelWay, type Operation } from '../../harness/operation.ts';
import { Hold, succeed, type AttemptPlan, type ProbeAnswer } from '../../harness/plan.ts';
import { codesOf } from '../../harness/reading.ts';
import type { Advance, History, Observation, Shown, Sight } from './history.ts';
import type { AttemptOutcome } from './life.ts';

/** One attempt: what the probe is told, or `held`: it stays open until the session resolves it. */
export type PlannedAttempt = AttemptPlan | 'held';

/** How often a held attempt asks, on the target's clock. */
const holdMs = 10_000;
/** The longest advance during which attempts stay open. */
const longestHeldMs = 3_600_000;

/** What one operation of a session is to do, and whether it asks for a callback. */
export interface SubmitPlan {
  readonly attempts: readonly PlannedAttempt[];
  readonly callback: boolean;
  /** Called with the operation while an attempt of that number waits for the probe's answer. */
  readonly during?: Readonly<Record<number, (operation: Operation) => Promise<void>>>;
  /** Called when its callback arrives, before that is answered. */
  readonly onArrival?: (operation: Operation) => Promise<void>;
}

/**
 * A session with a target that records everything as a history: every request with its interval,
 * every attempt that the probe made, every delivery.
 */
export class Session {
  readonly operations: Operation[] = [];
  readonly #tools: CheckTools;
  readonly #observations: Observation[] = [];
  readonly #advances: Advance[] = [];
  readonly #holds = new Map<Operation, Hold[]>();
  #begun: number | undefined;

  constructor(tools: CheckTools) {
    this.#tools = tools;
  }

  /** Begins the history at the last time that the target told; if more has passed since, that only allows for more. */
  async begin(): Promise<void> {
    const { clock } = this.#tools;
    this.#begun = clock.known ?? (await clock.now());
  }

  async submit(plan: SubmitPlan): Promise<Operation> {
    const from = performance.now();
    const holds: Hold[] = [];
    const attempts = plan.attempts.map((one): AttemptPlan => {
      if (one !== 'held') return one;
      const hold = new Hold(holdMs);
      holds.push(hold);
      return [hold];
    });
    const { during, onArrival, callback } = plan;
    const operation = await this.#tools.submit({
      attempts,
      callback: onArrival === undefined ? callback : { onArrival },
      ...(during === undefined ? {} : { during }),
    });
    this.#see(operation, { kind: 'accepted' }, from);
    this.operations.push(operation);
    this.#holds.set(operation, holds);
    return operation;
  }

  /** Ends the first attempt of an operation that is still held open, the next time that it asks. */
  resolve(operation: Operation, outcome: ProbeAnswer): void {
    this.#holds
      .get(operation)
      ?.find(({ released }) => released === undefined)
      ?.release(outcome);
  }

  /** Lets every attempt end that is still held open, so that nothing goes on behind later checks. */
  release(): void {
    for (const holds of this.#holds.values()) for (const hold of holds) hold.release(succeed());
  }

  /** Queries the rows of all operations at once; each that is found is an observation. */
  async query(): Promise<void> {
    if (this.operations.length === 0) return;
    const from = performance.now();
    const $filter = this.operations.map(({ id }) => `${table.key} eq ${id}`).join(' or ');
    const answer = await this.#tools.client.api('GET', `${table.set}?$filter=${encodeURIComponent($filter)}`);
    const rows: unknown = answer.object()?.['value'];
    for (const row of Array.isArray(rows) ? (rows as unknown[]).filter(isObject) : []) {
      const id = String(row[table.key]).toLowerCase();
      const operation = this.operations.find((one) => one.id === id);
      if (operation !== undefined) this.#seeRow(operation, row, from);
    }
  }

  /** Requests for an id that was never given out; what is answered is not judged here. */
  async touchUnknown(): Promise<void> {
    const path = monitorPath(randomUUID());
    await this.#tools.client.send({ method: 'GET', path });
    await this.#tools.client.send({ method: 'DELETE', path });
  }

  async readMonitor(operation: Operation): Promise<Answer> {
    const from = performance.now();
    const answer = await operation.getMonitor();
    const body = answer.object();
    const codes = body === undefined ? undefined : codesOf(body, members.state, members.status);
    if (answer.status === 404) this.#see(operation, { kind: 'missing', resource: 'monitor' }, from);
    else if (answer.status === 200 && body !== undefined && codes !== undefined) {
      const error = members.errorCode in body || members.errorMessage in body;
      const outputs = Object.keys(operation.outputs).some(
        (name) => body[name] !== undefined && body[name] !== null,
      );
      this.#see(operation, { kind: 'read', resource: 'monitor', shown: { ...codes, error, outputs } }, from);
    }
    return answer;
  }

  async readRow(operation: Operation): Promise<Answer> {
    const from = performance.now();
    const answer = await operation.getRow();
    const row = answer.object();
    if (answer.status === 200 && row !== undefined) this.#seeRow(operation, row, from);
    return answer;
  }

  #seeRow(operation: Operation, row: JsonObject, from: number): void {
    const codes = codesOf(row, table.state, table.status);
    if (codes === undefined) return;
    const error = isSet(row['errorcode']) || isSet(row['errormessage']);
    const retryCount = typeof row['retrycount'] === 'number' ? { retryCount: row['retrycount'] } : {};
    this.#see(
      operation,
      { kind: 'read', resource: 'row', shown: { ...codes, error, ...retryCount } },
      this.#stale(from),
    );
  }

  async cancel(operation: Operation, way: CancelWay): Promise<Answer> {
    const from = performance.now();
    const answer = await operation.cancelAtOnce(way);
    if (answer.status !== 404)
      this.#see(operation, { kind: answer.ok ? 'cancel-accepted' : 'cancel-refused', way }, from);
    // An elastic row may not be there yet, so that only a missing monitor tells that it is gone.
    else if (way === 'delete') this.#see(operation, { kind: 'missing', resource: 'monitor' }, from);
    return answer;
  }

  /** Moves a virtual clock, or waits on a real one. */
  async advance(milliseconds: number): Promise<void> {
    // Where no time limit ends them, attempts held open would ask all the while.
    if (milliseconds > longestHeldMs) this.release();
    const from = performance.now();
    const now = await this.#tools.clock.advance(milliseconds);
    this.#advances.push({ from, to: performance.now(), now });
  }

  /** Everything so far, with the attempts and the deliveries that reached the suite. */
  history(): History {
    const observations = [
      ...this.#observations,
      ...this.operations.flatMap((operation) => attemptsOf(operation, this.#tools.clock.virtual)),
      ...this.operations.flatMap(callbacksOf),
    ];
    const events = this.operations.flatMap((operation) => this.#eventsOf(operation));
    return {
      observations: [...observations, ...events],
      ...(this.#tools.clock.virtual ? { advances: this.#advances } : {}),
      begun: this.#begun ?? 0,
      // Whether the time to live counts from the creation or from the last modification is left open.
      keptMs: limits.ttlSeconds * 1000 - 3_600_000,
    };
  }

  /** An elastic row may show what was true up to 5 s of the target's time ago. */
  #stale(from: number): number {
    if (!this.#tools.clock.virtual) return from - limits.consistencyMilliseconds;
    const now = this.#advances.at(-1)?.now ?? this.#begun ?? 0;
    const still = this.#advances.filter((one) => one.now > now - limits.consistencyMilliseconds);
    return still[0]?.from ?? 0;
  }

  #see(operation: Operation, sight: Sight, from: number): void {
    this.#observations.push({ operation: operation.id, sight, from, to: performance.now() });
  }

  #eventsOf(operation: Operation): Observation[] {
    return this.#tools.events.of(operation.id).flatMap(({ delivery, outputs }) => {
      const [state, status] = [
        outputs.get('BackgroundOperationStateCode'),
        outputs.get('BackgroundOperationStatusCode'),
      ];
      if (typeof state !== 'number' || typeof status !== 'number') return [];
      return [at(operation.id, { kind: 'event', shown: { state, status } }, delivery.arrivedAt)];
    });
  }
}

function at(operation: string, sight: Sight, moment: number): Observation {
  return { operation, sight, from: moment, to: moment };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The attempts of an operation, as its probe was called. An attempt that is still open has no end yet. */
function attemptsOf(operation: Operation, virtual: boolean): Observation[] {
  return operation.attempts.flatMap(({ calls }) => {
    const [first, last] = [calls[0], calls.at(-1)];
    if (first === undefined || last === undefined) return [];
    const begins = at(operation.id, { kind: 'attempt-begins', ...timeOf(first, virtual) }, first.arrivedAt);
    const outcome = outcomeOf(last.answer);
    return outcome === undefined
      ? [begins]
      : [
          begins,
          at(
            operation.id,
            { kind: 'attempt-ends', outcome, ...timeOf(last, virtual) },
            last.answeredAt ?? last.arrivedAt,
          ),
        ];
  });
}

/** The target's clock in a call, on a virtual clock; a real one is told by the suite's own timeline. */
function timeOf(call: Operation['attempts'][number]['calls'][number], virtual: boolean): { time?: number } {
  return !virtual || Number.isNaN(call.time) ? {} : { time: call.time };
}

function outcomeOf(
  answer: Operation['attempts'][number]['calls'][number]['answer'],
): AttemptOutcome | undefined {
  switch (answer?.outcome) {
    case 'succeed':
      return 'succeeded';
    case 'fail':
      return answer.errorCode === undefined ? 'failed' : 'failed-with-code';
    case 'odd':
      return 'failed';
    default:
      return undefined;
  }
}

function callbacksOf(operation: Operation): Observation[] {
  return operation.callbacks.flatMap((delivery) => {
    const shown = shownIn(delivery.body);
    return shown === undefined ? [] : [at(operation.id, { kind: 'callback', shown }, delivery.arrivedAt)];
  });
}

function shownIn(body: string): Shown | undefined {
  let payload: unknown;
  try {
    payload = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isObject(payload)) return undefined;
  const codes = codesOf(payload, members.state, members.status);
  return codes === undefined
    ? undefined
    : { ...codes, error: members.errorCode in payload || members.errorMessage in payload };
}
