import type { PropertySettings } from './config.ts';
import type { Clause } from '../contract/clause.ts';
import { findClause } from '../contract/clauses.ts';
import type { Principal } from './auth.ts';
import { unmetNeed } from './capabilities.ts';
import { watchLateness } from './lateness.ts';
import { Findings } from './check/findings.ts';
import { forbiddenChanges } from './check/forbidden-changes.ts';
import { furtherAttempts } from './check/further-attempts.ts';
import { Client } from './client.ts';
import { lookAtDelivery } from './forms/delivery-form.ts';
import { VirtualClock, type TargetClock } from './clock.ts';
import type { Events } from './events.ts';
import { causeText, type Cause } from '../record/cause.ts';
import type { Outcome, RawCheck } from '../record/outcome.ts';
import { OrganizationService } from './organization-service/service.ts';
import { Probe } from './probe.ts';
import type { CallOptions, Called } from './probe-calls.ts';
import { maskDeep, maskText } from './mask.ts';
import type { Replay } from '../record/run-plan.ts';
import type { Operation } from './operation.ts';
import type { SuiteSession } from './suite-session.ts';
import type { Target } from './target.ts';
import { Transcript } from './transcript.ts';
import { Blocked, Broken, Ending, NotReached, Undecided } from './verdict.ts';
import { noteDisruption } from './disruptions.ts';
import type { Need } from '../contract/clause.ts';

/** What a check ended with, as the reporter reads it. */
export type CheckRecord = Pick<
  RawCheck,
  | 'outcome'
  | 'reason'
  | 'cause'
  | 'blockedBy'
  | 'unreached'
  | 'blame'
  | 'findings'
  | 'seenOnce'
  | 'observed'
  | 'evidence'
>;

/** How properties are searched in a check; with `replay` only that case is tried. */
export type CheckProperties = PropertySettings & { readonly replay?: Replay };

/** One check in progress: what a test is given to work with, and what it leaves behind. */
export class Check {
  readonly world: SuiteSession;
  readonly target: Target;
  readonly clock: TargetClock;
  readonly events: Events;
  readonly properties: CheckProperties;
  readonly transcript = new Transcript();
  /** Breaches of other clauses that were met on the way. */
  readonly findings = new Findings();
  readonly client: Client;
  /** The organization service; only for checks that need `sdk`. */
  readonly sdk: OrganizationService;
  readonly #probe: Probe;
  readonly #observed: string[] = [];
  /** Whether the target had time to do something. */
  #timePassed: boolean;
  readonly #before: { readonly opened: number; readonly arrived: number; readonly turnedAway: number };
  /** A second run is evidence of the first one's ending, whatever its own. */
  readonly #again: boolean;

  /**
   * @param again whether the same check was begun before
   * @param replay the one case that a property is to repeat
   */
  constructor(world: SuiteSession, again = false, replay?: Replay) {
    this.world = world;
    this.#again = again;
    // A second run sees for itself: what was kept may have met the same as the first one, such as a restart.
    if (again) world.lives.forget();
    this.target = world.target;
    this.clock = world.target.clock;
    this.events = world.events;
    this.properties = { ...world.target.config.properties, ...(replay === undefined ? {} : { replay }) };
    this.client = this.as('initiator');
    this.#probe = new Probe(this.target, this.as, world.pace);
    this.sdk = new OrganizationService(this.target, this.as, this.#probe);
    this.target.manners?.begin();
    this.target.steady?.begin(again);
    this.target.watch?.begin();
    if (!this.clock.virtual) watchLateness();
    this.#timePassed = !this.clock.virtual;
    const { listener, clock } = this.target;
    this.#before = { opened: listener.opened, arrived: listener.arrived, turnedAway: listener.turnedAway };
    listener.onReceived = (received, documented) => {
      this.transcript.add(received);
      if (documented) lookAtDelivery(received.unmasked(), this.findings.note);
    };
    listener.nextId = () => this.transcript.moment();
    if (clock instanceof VirtualClock) {
      clock.onAdvanced = (milliseconds, now, durationMs) => {
        this.#timePassed = true;
        this.transcript.add({
          kind: 'advanced',
          at: new Date().toISOString(),
          milliseconds,
          now: new Date(now).toISOString(),
          durationMs: Math.round(durationMs * 10) / 10,
        });
      };
    }
  }

  /** All the tools at once, for tests that hand them on. */
  get tools(): this {
    return this;
  }

  /** A client that makes its requests as the given principal. */
  readonly as = (principal: Principal): Client =>
    new Client(this.target, principal, this.transcript, this.findings.note);

  /** Lives of operations that checks share. */
  get lives(): SuiteSession['lives'] {
    return this.world.lives;
  }

  /** POST of the probe with `respond-async`: an accepted operation, or the check is blocked. */
  readonly submit = (options?: CallOptions): Promise<Operation> => this.#probe.submit(options);

  /** POST of the probe, whatever it answers. */
  readonly call = (options?: CallOptions): Promise<Called> => this.#probe.call(options);

  /** The operation that a {@link call} started; blocks the check where none did. */
  readonly operationOf = (called: Called): Operation => this.#probe.operationOf(called);

  /** Notes what a MAY check saw, as a sentence. */
  readonly observe = (sentence: string): void => {
    this.#observed.push(sentence);
  };

  /** Ends the check: drops what hangs, raises what a reader inside an attempt found. */
  settle(): void {
    this.target.listener.dropHanging();
    this.#probe.raise();
  }

  /** Looks around for what disturbed the check from outside; to be called before {@link record}. */
  async lookAround(thrown: unknown): Promise<void> {
    // What was noted on the way is charged as well, though the check passes.
    await this.target.watch?.look(thrown === undefined && this.findings.list().length === 0);
  }

  /**
   * What the body threw, unless it is the fault of the listener that the check heard nothing: where nothing
   * reached it, the target is asked to reach it once more before the silence counts, for it or against it. Where
   * deliveries get lost now and then the check is interrupted.
   */
  async withListener(thrown: unknown): Promise<unknown> {
    const { listener } = this.target;
    if (!listener.served || this.target.watch?.interrupted !== undefined) return thrown;
    const passed = thrown === undefined;
    // What could not be decided, and is nobody's fault yet, may hold conclusions from the same silence.
    const open = thrown instanceof Undecided && thrown.blame === undefined;
    if (!(passed || open || thrown instanceof Broken || thrown instanceof Blocked)) return thrown;
    const turnedAway = passed ? 0 : listener.turnedAway - this.#before.turnedAway;
    const unheard = listener.opened > this.#before.opened && listener.arrived === this.#before.arrived;
    // A check that passed since nothing came must have been able to hear it; where no time passed nothing could come.
    const silent = unheard && (!passed || this.#timePassed);
    const why =
      turnedAway > 0
        ? 'The listener was full and turned connections away'
        : silent && !(await this.world.listenerReach.works(this.#probe))
          ? `Nothing reached the listener: the target cannot reach it at ${listener.base}`
          : undefined;
    if (why === undefined) {
      await this.#lookForLostDeliveries(thrown);
      return thrown;
    }
    noteDisruption('listener', why);
    return new Undecided(
      `${why}. See docs/public-listener.md. Not judged: ${passed ? 'it passed since nothing came' : thrown.message}`,
      passed ? [] : thrown.evidence,
      'listener',
    );
  }

  /** Before the target is accused by a check that listens, it is seen whether its deliveries come through. */
  async #lookForLostDeliveries(thrown: unknown): Promise<void> {
    const { listener, watch } = this.target;
    if (watch === undefined || listener.opened === this.#before.opened) return;
    const accuses = thrown instanceof Broken || thrown instanceof Blocked || this.findings.list().length > 0;
    if (accuses && (await this.world.listenerReach.losesSome())) watch.deliveryLost();
  }

  /** What the check leaves behind, free of secrets. `thrown` is what its body threw, if it did. */
  record(thrown: unknown): CheckRecord {
    const { evidence, ...told } = this.#record(thrown);
    // The transcript is masked already, piece by piece, as it is written.
    return { ...maskDeep(told), evidence };
  }

  #record(thrown: unknown): CheckRecord {
    const interrupted = this.target.steady?.interrupted ?? this.target.watch?.interrupted;
    // Whatever came after that: the check was not what it was meant to be.
    if (interrupted !== undefined) thrown = interrupted;
    const disturbed = (this.target.manners?.disturbedMs ?? 0) > 0;
    const blocked = thrown instanceof Blocked && !disturbed ? thrown : undefined;
    if (blocked !== undefined) this.findings.note(blocked.blockedBy, blocked.why, blocked.certain);
    const seen = this.transcript.unmasked();
    for (const { clause, reason } of [...forbiddenChanges(seen), ...furtherAttempts(seen)])
      this.findings.note(clause, maskText(reason));
    // What was concluded from silence says nothing where nothing could be heard.
    const deaf = thrown instanceof Ending && thrown.blame === 'listener';
    const found =
      interrupted === undefined ? this.findings.list().filter(({ certain }) => certain || !deaf) : [];
    const observed = {
      ...(found.length === 0 ? {} : { findings: found.map((one) => ({ ...one, again: false })) }),
      ...(this.#observed.length === 0 ? {} : { observed: [...this.#observed] }),
    };
    // Of what has been confirmed the check that met it first has the evidence: of a target that breaks the form of
    // every answer all checks would keep theirs.
    const isNews = found.some(({ clause }) => !this.world.met.has(clause));
    const kept =
      thrown !== undefined || this.world.keepsAllEvidence || this.#again || isNews
        ? this.transcript.entries()
        : [];
    if (thrown === undefined) return { outcome: 'passed', ...observed, evidence: kept };
    const { outcome, reason } = this.#judge(thrown);
    return {
      outcome,
      ...observed,
      reason,
      ...(thrown instanceof Ending && thrown.cause !== undefined && !disturbed
        ? { cause: thrown.cause }
        : {}),
      ...(blocked === undefined ? {} : { blockedBy: blocked.blockedBy }),
      ...(blocked instanceof NotReached ? { unreached: true as const } : {}),
      ...(thrown instanceof Ending && thrown.blame !== undefined ? { blame: thrown.blame } : {}),
      evidence: [
        ...(thrown instanceof Ending ? maskDeep(thrown.evidence) : []),
        ...this.transcript.entries(),
      ],
    };
  }

  /** A check that had to wait in its middle, since the target asked for it, cannot hold against it what it missed. */
  #judge(thrown: unknown): { outcome: Outcome; reason: string } {
    const reason = thrown instanceof Ending ? thrown.message : explain(thrown);
    const outcome = thrown instanceof Ending ? thrown.outcome : 'error';
    const disturbedMs = this.target.manners?.disturbedMs ?? 0;
    if (outcome !== 'failed' || disturbedMs === 0) return { outcome, reason };
    return {
      outcome: 'inconclusive',
      reason: `not judged, since the target made the check wait ${Math.ceil(disturbedMs / 1_000)} s in its middle (Retry-After): ${reason}`,
    };
  }
}

function explain(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}

/** What a check leaves behind that cannot run. */
export function unrun(cause: Cause): CheckRecord {
  return { outcome: 'not-tested', reason: causeText(cause), cause, evidence: [] };
}

/** Why a check of these clauses cannot run on this target; undefined where it can. */
export function whyNot(
  ids: readonly string[],
  needs: readonly Need[] | undefined,
  target: Target,
): Cause | undefined {
  const wanted = needs ?? ids.flatMap((id): readonly Need[] => (findClause(id) as Clause).needs);
  return unmetNeed(wanted, target.offers) ?? target.manners?.spent();
}
