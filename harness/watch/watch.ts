import { setTimeout as realSleep } from 'node:timers/promises';
import type { VirtualClock } from '../clock.ts';
import { noteDisruption } from '../disruptions.ts';
import type { Blame } from '../../record/outcome.ts';
import { tellNotice } from '../notices.ts';
import { Ending, Interrupted } from '../verdict.ts';
import { ClockWatch } from './clock-watch.ts';
import { LossSample } from './loss-sample.ts';
import { OperationMemory } from './memory.ts';
import { RepeatWatch } from './repeats.ts';

/** A clock that stands still for so long, and up to as long again by chance, is nobody else’s at the moment. */
const calmMs = 300;
/** Least time for which calm is waited for; `timeouts.waitMs` may give more. */
const leastWaitMs = 10_000;
/** After so many waits in vain the run ends: it could decide nothing. */
const mostVainWaits = 2;
/**
 * Requests that are sent round through the public address of the listener, to see whether it loses some: one that
 * loses one in 50 is found with a chance of 99.8 %.
 */
const roundTrips = { enough: 300, fresh: 8, atOnce: 8, limitMs: 10_000 };
/** How often a target that knows none of its operations counts as one that has restarted. */
const mostLosses = 2;

const gone =
  'the listener cannot be reached through listener.publicUrl any more: the tunnel or proxy is gone';
const lossy = 'the tunnel or proxy at listener.publicUrl loses requests on their way to the listener';
const lostByTarget = 'deliveries of the target get lost on their way to the listener';
const repeated = 'a delivery reached the listener twice, as a gateway or a tunnel repeats it';

/** How a watch reaches the world around it; parts are replaced in tests. */
export interface WatchOptions {
  /** The clock that others may move as well; undefined for a real one. */
  readonly clock?: VirtualClock;
  /** Whether the target knows the operation whose monitor this is; undefined where no answer tells. */
  readonly knows: (path: string) => Promise<boolean | undefined>;
  /** Whether a request arrives at the listener through its public address; absent where it has none. */
  readonly reachesListener?: () => Promise<boolean>;
  /** Whether anything stands between target and listener that could repeat what it carries. */
  readonly mayBeRepeated?: boolean;
  /** Longest wait for others to be done. */
  readonly waitMs: number;
  readonly note?: typeof noteDisruption;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly now?: () => number;
}

/**
 * Watches the world around a check: another run on the same clock, a target that restarts or loses its
 * state, a clock interface that goes wrong, a listener that cannot be reached any more. A check that met
 * one of these is interrupted, and begun again once it is calm.
 */
export class Watch {
  readonly clock = new ClockWatch();
  readonly memory = new OperationMemory();
  /** Told of everything that reaches the listener. */
  readonly repeats: RepeatWatch;
  /** Called where the state of the target is lost, and with it what the suite had registered there. */
  onLost: (() => void) | undefined;
  /** Told of each wait, in milliseconds, so that whoever has a deadline can move it. */
  onWait: ((milliseconds: number) => void) | undefined;
  readonly #options: WatchOptions;
  readonly #note: typeof noteDisruption;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  readonly #now: () => number;
  #interrupted: Interrupted | undefined;
  #losses = 0;
  /** That deliveries get lost now and then, in words; undefined as long as none is known to have been. */
  #lossy: string | undefined;
  readonly #roundTrips: LossSample | undefined;
  /** Something was heard twice, and it is not known yet who sent it so. */
  #repeated = false;
  #vain = 0;
  #listenerWorked: Promise<boolean> | undefined;

  constructor(options: WatchOptions) {
    this.repeats = new RepeatWatch(options.mayBeRepeated);
    this.#options = options;
    this.#note = options.note ?? noteDisruption;
    this.#sleep = options.sleep ?? realSleep;
    this.#now = options.now ?? (() => performance.now());
    const { clock, reachesListener } = options;
    if (reachesListener !== undefined)
      this.#roundTrips = new LossSample(reachesListener, { ...roundTrips, now: this.#now });
    if (clock !== undefined) clock.watch = this.clock;
  }

  /** A check begins, or begins again. */
  begin(): void {
    this.#interrupted = undefined;
    this.clock.begin();
    this.memory.begin();
    this.repeats.begin();
    this.#listenerWorked ??= this.#options.reachesListener?.().catch(() => false);
  }

  /** Why the check cannot be judged in this run; undefined where it can. */
  get interrupted(): Interrupted | undefined {
    return this.#interrupted;
  }

  /** Looks around after a check; more closely where it did not pass. */
  async look(passed: boolean): Promise<void> {
    if (!passed) await this.#quietly(() => this.#lookAtClock());
    this.#noteRepeat();
    const { oddity } = this.clock;
    if (oddity !== undefined) return this.#interrupt(oddity.source, oddity.what);
    if (passed) return;
    if (this.repeats.disturbed) {
      this.#repeated = true;
      return this.#interrupt('network', repeated, false);
    }
    await this.#quietly(() => this.#lookForLoss());
    if (this.#interrupted === undefined) await this.#quietly(() => this.#lookAtListener());
  }

  /** Waits until a check can be begun again; whether that makes sense. */
  async calm(): Promise<boolean> {
    const blame = this.#interrupted?.blame;
    if (blame === undefined || blame === 'network') return true;
    if (blame === 'listener') return this.#tunnelWorks();
    if (blame === 'restart') {
      this.memory.forget();
      this.onLost?.();
      return true;
    }
    if (blame !== 'neighbour') return false;
    const still = await this.#clockStandsStill();
    if (still) this.#vain = 0;
    else if ((this.#vain += 1) >= mostVainWaits) this.#giveUp();
    return still;
  }

  async #clockStandsStill(): Promise<boolean> {
    const { clock, waitMs } = this.#options;
    if (clock === undefined) return true;
    const limitMs = Math.max(leastWaitMs, waitMs);
    tellNotice({ kind: 'patient', milliseconds: limitMs });
    this.onWait?.(limitMs);
    const until = this.#now() + limitMs;
    let known = await clock.now().catch(() => undefined);
    for (;;) {
      await this.#sleep(calmMs * (1 + Math.random()));
      const now = await clock.now().catch(() => undefined);
      if (now !== undefined && now === known) return true;
      if (this.#now() > until) return false;
      known = now;
    }
  }

  #giveUp(): void {
    tellNotice({
      kind: 'gave-up',
      why: 'another run, or somebody by hand, keeps moving the virtual clock of the target: let the other run end, wait longer by --wait SECONDS, or give each run a target of its own',
    });
  }

  async #lookAtClock(): Promise<void> {
    await this.#options.clock?.now();
  }

  async #lookForLoss(): Promise<void> {
    const { clock, knows } = this.#options;
    if (this.#losses >= mostLosses) return;
    const witnesses = this.memory.witnesses(Date.now(), clock?.known);
    if (witnesses.length === 0) return;
    for (const path of witnesses.toReversed()) {
      if ((await knows(path)) !== false) return;
    }
    this.#losses += 1;
    this.#interrupt(
      'restart',
      'the target knows none of the operations that it knew before: it restarted, or lost its state',
    );
  }

  /** Something that the target sent to the listener was seen to get lost, though others came. */
  deliveryLost(): void {
    this.#lossy ??= lostByTarget;
    this.#interrupt('listener', this.#lossy);
  }

  async #lookAtListener(): Promise<void> {
    if (this.#lossy === undefined) {
      // Where this machine never got through, only the target may.
      if (this.#roundTrips === undefined || (await this.#listenerWorked) !== true) return;
      this.onWait?.(roundTrips.limitMs);
      const found = await this.#roundTrips.look();
      if (found === 'loses all') return this.#interrupt('listener', gone);
      if (found === 'loses some') this.#lossy = lossy;
    }
    if (this.#lossy !== undefined) this.#interrupt('listener', this.#lossy);
  }

  /** Whether a check that missed deliveries can be begun again; a tunnel that is gone is waited for as long as the user wants. */
  async #tunnelWorks(): Promise<boolean> {
    const { reachesListener, waitMs } = this.#options;
    if (this.#lossy !== undefined) return true;
    if (reachesListener === undefined) return false;
    if (waitMs === 0) return false;
    tellNotice({ kind: 'patient', milliseconds: waitMs });
    this.onWait?.(waitMs);
    const until = this.#now() + waitMs;
    while (!(await reachesListener())) {
      if (this.#now() > until) return false;
      await this.#sleep(calmMs);
    }
    return true;
  }

  /** What goes wrong while it looks around says nothing. */
  async #quietly(look: () => Promise<void>): Promise<void> {
    try {
      await look();
    } catch (error) {
      if (!(error instanceof Ending)) throw error;
    }
  }

  /** It was the way's where it did not come again, and the target does not always do it. */
  #noteRepeat(): void {
    if (!this.#repeated || this.repeats.heardTwice) return;
    this.#repeated = false;
    if (!this.repeats.sendsTwice) this.#note('network', repeated);
  }

  #interrupt(source: Blame, what: string, certain = true): void {
    if (certain) this.#note(source, what);
    this.#interrupted = new Interrupted(`${what.slice(0, 1).toUpperCase()}${what.slice(1)}`, [], source);
  }
}
