import type { ClauseId } from '../contract/clauses.ts';
import { limits, paths, table } from '../contract/vocabulary.ts';
import type { Answer, JsonObject } from './answer.ts';
import type { Principal } from './auth.ts';
import type { Client } from './client.ts';
import { overdue, type Overdue } from './check/overdue.ts';
import { readCodeless } from './check/codeless.ts';
import { requireAlive, requireEnd } from './check/reached.ts';
import { comesLate } from './late-rows.ts';
import {
  inShortSteps,
  until,
  untilConsistent,
  untilStarted,
  withoutFirstStep,
  type Patience,
} from './drive.ts';
import {
  isTerminal,
  monitorCodesIn,
  readMonitor,
  readRow,
  type MonitorReading,
  type RowReading,
  type ShownCodes,
} from './reading.ts';
import type { Delivery } from './listener.ts';
import { patiently } from './misses.ts';
import type { AcceptedParts } from './operation-parts.ts';
import type { Attempt } from './plan.ts';
import type { Target } from './target.ts';
import { NotReached, NotTestable, Undecided } from './verdict.ts';

/** The two documented ways to cancel: DELETE of the monitor, PATCH of the row. */
export type CancelWay = 'delete' | 'patch';

/** As {@link AcceptedParts}, and how to come by one to compare it with. */
interface OperationParts extends AcceptedParts {
  /** Submits another operation, one that succeeds at once, to be compared with this one. */
  readonly another: () => Promise<Operation>;
}

/** An accepted operation, as a client sees it. */
export class Operation {
  readonly id: string;
  readonly parts: OperationParts;
  #canceled = false;
  /** The answer of the monitor that showed the end. */
  #result: Answer | undefined;
  readonly #target: Target;
  readonly #as: (principal: Principal) => Client;

  constructor(target: Target, as: (principal: Principal) => Client, parts: OperationParts) {
    this.#target = target;
    this.#as = as;
    this.parts = parts;
    this.id = parts.id;
  }

  get accepted(): Answer {
    return this.parts.accepted;
  }

  get outputs(): JsonObject {
    return this.parts.outputs;
  }

  /** The attempts that the probe was seen to make. */
  get attempts(): readonly Attempt[] {
    if (this.parts.play === undefined)
      throw new NotTestable('needs the probe: a fixed custom API does not tell its attempts');
    return this.parts.play.attempts;
  }

  /** The callbacks that arrived. */
  get callbacks(): readonly Delivery[] {
    return this.parts.callbacks?.deliveries ?? [];
  }

  /** GET of the monitor, whatever it answers. */
  async getMonitor(as: Principal = this.parts.owner): Promise<Answer> {
    const answer = await this.#as(as).monitor({ method: 'GET', path: this.parts.monitorUrl });
    const codes = answer.ok ? monitorCodesIn(answer) : undefined;
    if (codes?.state === 3) this.#result = answer;
    const unexecuted = this.parts.asksForPlay && !this.#canceled && this.attempts.length === 0;
    if (codes?.status === 30 && unexecuted)
      answer.note('state.succeeded', 'it shows a success, though its custom API has not been executed');
    if (answer.status === 404 && as === this.parts.owner && !(await this.#expired()))
      answer.missing = this.#result === undefined ? 'submit.monitor-exists' : 'monitor.read-is-safe';
    return answer;
  }

  /** GET of the monitor; blocks the check where it is no usable monitor. */
  async monitor(): Promise<MonitorReading> {
    return this.#read(await this.getMonitor());
  }

  /**
   * Reads an answer of the monitor. The result of an operation at rest that is gone when it is read again is
   * noted, and what was read of it before stands.
   */
  async #read(answer: Answer): Promise<MonitorReading> {
    if (answer.status === 404 && (await this.#expired())) throw new Undecided(expired);
    if (answer.status === 404 && this.#result !== undefined) {
      answer.note('monitor.read-is-safe', answer.describe());
      return readMonitor(this.#result);
    }
    const { clock, offers } = this.#target;
    return clock.virtual && offers.table ? readCodeless(answer, () => this.getRow()) : readMonitor(answer);
  }

  /** Whether the target may have deleted the operation, since it is so old. */
  async #expired(): Promise<boolean> {
    const { submittedAt } = this.parts;
    return (
      submittedAt !== undefined &&
      (await this.#target.clock.now()) - submittedAt >= limits.ttlSeconds * 1_000 - day
    );
  }

  /** The row's resource relative to the service root, with an optional query. */
  rowResource(query = ''): string {
    return `${table.set}(${this.id})${query === '' ? '' : `?${query}`}`;
  }

  /** GET of the row, whatever it answers. */
  getRow(
    query = '',
    headers: readonly (readonly [string, string])[] = [],
    as: Principal = this.parts.owner,
  ): Promise<Answer> {
    return this.#as(as).api('GET', this.rowResource(query), { headers });
  }

  /**
   * GET of the row, once it is readable: an elastic table may need up to 5 s. Blocks the check where
   * it does not come.
   */
  async row(query = '', headers: readonly (readonly [string, string])[] = []): Promise<RowReading> {
    const answer = await this.consistent(
      () => this.getRow(query, headers),
      (one) => one.status !== 404,
    );
    if (answer.status === 404) {
      if (await this.#expired()) throw new Undecided(expired);
      throw new NotReached('submit.row-exists', answer.describe());
    }
    return readRow(answer);
  }

  /** The row as soon as `fits` holds of it, or as it is after the 5 s that an elastic table may need. */
  rowWhen(fits: (reading: RowReading) => boolean): Promise<RowReading> {
    return this.consistent(() => this.row(), fits);
  }

  /** Repeats a read until `fits` holds, for 5 s of the target's time, and of the machine's, at most. Gives the last answer. */
  async consistent<T>(read: () => Promise<T>, fits: (value: T) => boolean): Promise<T> {
    let last = await read();
    if (fits(last)) return last;
    const look = async (): Promise<boolean> => {
      last = await read();
      return fits(last);
    };
    // Behind a virtual clock a row may take the time of the machine: were virtual time let pass for it, retries would run.
    if (this.#target.clock.virtual && (await comesLate(this.#target, look))) return last;
    // Letting virtual time pass would start an operation that waits: then only the answer itself counts.
    const mayPass =
      !this.#target.clock.virtual ||
      (this.parts.play?.attempts.length ?? 1) > 0 ||
      isTerminal(await this.monitor());
    if (mayPass && (await until(this.#target.clock, this.#target.config.polling, untilConsistent, look)))
      return last;
    if (this.#target.clock.virtual) await comesLate(this.#target, look);
    return last;
  }

  /** How an attempt is waited for: so that it still runs when it is met, where it is held open. */
  patienceFor(attempt: number): Patience {
    const { patience, play } = this.parts;
    return play?.holds(attempt) === true ? inShortSteps(patience) : patience;
  }

  /** Lets time pass until the given attempt has started (the first one by default). */
  async started(attempt = 1): Promise<void> {
    const patience = attempt === 1 ? untilStarted : this.patienceFor(attempt);
    const begun = (): boolean => this.attempts.length >= attempt;
    const wait = (given: Patience): Promise<boolean> =>
      until(this.#target.clock, this.#target.config.polling, given, begun);
    const seen = await (attempt === 1
      ? patiently(this.#target.config, 'start', patience, wait)
      : wait(patience));
    this.parts.raise();
    if (!seen)
      throw new Undecided(`attempt ${attempt} did not start in the time that the suite waits for it`);
  }

  /** Lets time pass until the operation is at rest or patience ends; gives the last reading. */
  async settled(patience: Patience = this.parts.patience): Promise<MonitorReading> {
    let last: MonitorReading | undefined;
    const look = async (): Promise<boolean> => {
      const answer = await this.getMonitor();
      // A success that shows no codes may show them once there is an end to tell.
      last = answer.ok && monitorCodesIn(answer) === undefined ? undefined : await this.#read(answer);
      return last !== undefined && isTerminal(last);
    };
    const { clock, config } = this.#target;
    // It cannot be at rest before time moves, and seldom is it within the first of two milliseconds: one look is enough.
    if (clock.virtual) await clock.pass(2);
    await patiently(config, 'rest', withoutFirstStep(patience), (given) =>
      until(clock, config.polling, given, look),
    );
    this.parts.raise();
    return last ?? this.monitor();
  }

  /** As {@link settled}, for checks that build on an operation at rest. */
  async finished(patience: Patience = this.parts.patience): Promise<MonitorReading> {
    const reading = await this.settled(patience);
    if (isTerminal(reading)) return reading;
    await this.requireEnd(reading);
    throw new Undecided(
      `the operation was not at rest in the time that the suite waits (${this.#target.clock.virtual ? '3 virtual days' : `${patience.realMs / 1000} s`}); the monitor shows (${reading.state},${reading.status})`,
    );
  }

  /** Blocks the check where the operation, read days later, must have come to its end. */
  async requireEnd(reading: ShownCodes): Promise<void> {
    if (this.#target.clock.virtual) await requireEnd(this, reading);
  }

  /**
   * Asks for the cancellation, one way or the other, and gives the answer. Where the row is not there
   * yet, which an elastic table may take 5 s for, it is asked for again.
   */
  cancel(way: CancelWay, as: Principal = this.parts.owner): Promise<Answer> {
    const ask = (): Promise<Answer> => this.cancelAtOnce(way, as);
    if (way === 'delete' || as !== this.parts.owner) return ask();
    return this.consistent(ask, (answer) => answer.status !== 404);
  }

  /** As {@link cancel}, in one request, whatever it answers: time must not pass, or others wait. */
  cancelAtOnce(way: CancelWay, as: Principal = this.parts.owner, ifMatch = '*'): Promise<Answer> {
    const asked =
      way === 'delete'
        ? this.#as(as).monitor({ method: 'DELETE', path: this.parts.monitorUrl })
        : this.#as(as).api('PATCH', this.rowResource(), {
            headers: [['If-Match', ifMatch]],
            body: { [table.state]: 2, [table.status]: 22 },
          });
    return asked.then((answer) => {
      if (answer.ok) this.#canceled = true;
      return answer;
    });
  }

  /** A cancellation was accepted by another way than {@link CancelWay}. */
  noteCanceled(): void {
    this.#canceled = true;
  }

  /** Whether a cancellation of it was accepted. */
  get wasCanceled(): boolean {
    return this.#canceled;
  }

  /** See {@link overdue}; undefined on a real clock, and where the probe tells no attempts. */
  overdue(): Overdue | undefined {
    if (!this.#target.clock.virtual || this.parts.play === undefined) return undefined;
    return overdue(this.attempts, this.#canceled);
  }

  /** Cancels; blocks the check where a cancellation that must be accepted is refused. */
  async canceled(way: CancelWay = 'delete', clause?: ClauseId): Promise<Answer> {
    const answer = await this.cancel(way);
    if (answer.ok) return answer;
    const { play } = this.parts;
    const told = play?.attempts.at(-1)?.calls.at(-1)?.answer?.outcome;
    const runs = (play?.attempts.length ?? 0) > 0 && (told === undefined || told === 'continue');
    const waiting = way === 'delete' ? 'cancel.delete-answer' : 'cancel.patch-answer';
    const blocking = clause ?? (runs ? 'cancel.running-accepted' : waiting);
    // One that has come to its end meanwhile is refused rightly.
    if (answer.status !== 404 && this.#target.clock.virtual) await requireAlive(this, this.#target.clock);
    if (answer.status !== 404 && isTerminal(await this.monitor()))
      throw new Undecided(`it was at its end before it was canceled: ${answer.describe()}`);
    throw new NotReached(blocking, answer.describe());
  }
}

const day = 86_400_000;
const expired = 'the operation has expired: its 90 days are over';

/** The monitor's path for an id. */
export function monitorPath(id: string): string {
  return `${paths.monitor}${id}`;
}
