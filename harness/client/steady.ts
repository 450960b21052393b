import { setTimeout as realSleep } from 'node:timers/promises';
import type { WireAnswer, WireRequest } from '../answer.ts';
import { noteDisruption } from '../disruptions.ts';
import { tellNotice } from '../notices.ts';
import { imposedWait } from '../stopwatch.ts';
import type { SendOptions, Transport } from '../transport.ts';
import type { Interrupted } from '../verdict.ts';
import { Concentration } from './concentration.ts';
import { mayHaveBeenTaken, nothingCameThrough, ofUnknownOrigin, refusedByFirewall } from './endings.ts';
import { Odds } from './odds.ts';
import { shapeOf } from './shape.ts';
import { Suspect } from './suspect.ts';
import { strangeRefusal, suspicionOfFault, type Suspicion } from './suspicion.ts';
import { takenAnswer, type Taken } from './taken.ts';

/** How long a gateway or a network may be out of order, real time. */
const outageMs = 30_000;
/** Milliseconds before a request is repeated; the last one repeats. */
const pauses = [0, 150, 300, 600, 1_200, 2_000];
/** How often whoever watches the run hears that the target answers, though a long check does not end. */
const signOfLifeMs = 10_000;
/** What a bad answer may cost a check: the wait, and what is done once more. */
const costMs = 5_000;
/** What was answered well before is given this long to come back, before it is called the target's own. */
const onceGoodMs = 1_500;
const slowNeeded = 2;
/** What one more time-out may cost a check. */
const slowMs = 40_000;

/** What is replaced in tests. */
export interface SteadyOptions {
  readonly note?: typeof noteDisruption;
  readonly tell?: typeof tellNotice;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly now?: () => number;
  /** How long the target may be away at most, where that is longer than usual. */
  readonly waitMs?: number;
}

/**
 * Keeps what stands between suite and target from being judged as the target's. What reads only is sent
 * again until a usable answer comes; what changes something may have been taken, so that the check
 * that made it is interrupted, to be run again from its start.
 *
 * An answer that comes again and again to the same request, while others are answered well, is the
 * target's own, and is given as it is.
 */
export class SteadyTransport implements Transport {
  readonly #inner: Transport;
  readonly #control: () => Promise<WireRequest>;
  readonly #note: typeof noteDisruption;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  readonly #now: () => number;
  readonly #outageMs: number;
  readonly #odds = new Odds();
  readonly #where = new Concentration();
  readonly #suspect = new Suspect(this.#where);
  #learned = false;
  /** Shapes that were answered well. */
  readonly #good = new Set<string>();
  /** The last reads of different shapes that were answered well, sent again to see whether the way is open. */
  readonly #ways = new Map<string, WireRequest>();
  /** What is not yet known to come from outside: it may turn out to be the target's own answer. */
  readonly #pending = new Map<string, Suspicion[]>();
  /** Shapes with what the target itself answers to them. */
  readonly #own = new Set<string>();
  /** Shapes with what nobody can tell whose it is: it falls on them alone and heals, or a firewall refuses them. */
  readonly #doubtful = new Set<string>();
  /** How often what must not be repeated was answered badly, by shape and place in the check. */
  readonly #strikes = new Map<string, number>();
  #places = new Map<string, number>();
  #met = 0;
  #interrupted: Interrupted | undefined;
  /** The way was closed for as long as the suite waits. */
  #down = false;

  readonly #tellNotice: typeof tellNotice;
  #lastSign: number;
  /** Told of what a bad answer may cost, in milliseconds, so that whoever has a deadline can move it. */
  onWait: ((milliseconds: number) => void) | undefined;

  /** @param control a read that any target answers, to see whether the way is open */
  constructor(inner: Transport, control: () => Promise<WireRequest>, options: SteadyOptions = {}) {
    this.#inner = inner;
    this.#control = control;
    this.#note = options.note ?? noteDisruption;
    this.#sleep = options.sleep ?? realSleep;
    this.#now = options.now ?? (() => performance.now());
    this.#tellNotice = options.tell ?? tellNotice;
    this.#lastSign = this.#now();
    this.#outageMs = Math.max(outageMs, options.waitMs ?? 0);
  }

  /** A check begins, or begins again. */
  begin(again = false): void {
    if (!again) {
      this.#strikes.clear();
      for (const place of this.#pending.keys()) this.#tell(place);
    }
    this.#places.clear();
    this.#met = 0;
    this.#interrupted = undefined;
  }

  /** A part of a check begins that can be begun again: gives what to call before that. */
  part(): () => void {
    const places = new Map(this.#places);
    return () => {
      this.#places = new Map(places);
      this.#interrupted = undefined;
    };
  }

  /** How many bad answers the check has met by now, those included that were made good. */
  get met(): number {
    return this.#met;
  }

  /** Why the check cannot be judged in this run; undefined where it can. */
  get interrupted(): Interrupted | undefined {
    return this.#interrupted;
  }

  async send(request: WireRequest, options?: SendOptions): Promise<WireAnswer> {
    const shape = shapeOf(request);
    const place = `${shape} ${raise(this.#places, shape)}`;
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const began = this.#now();
    const seen = new Map<string, number>();
    this.#where.asked(shape);
    for (let bad = 0; ; bad += 1) {
      const taken = await this.#try(request, options);
      if ('status' in taken) return this.#usable(request, shape, place, taken, bad);
      const { suspicion } = taken;
      const own = `${shape} ${suspicion.what}`;
      if (this.#own.has(own)) return takenAnswer(taken, request);
      if (this.#doubtful.has(own)) {
        this.#note(suspicion.source, suspicion.what);
        throw (suspicion.refusal === true ? refusedByFirewall : ofUnknownOrigin)(request, suspicion);
      }
      this.#met += 1;
      this.onWait?.(costMs);
      const again = reads || !suspicion.taken;
      const inRow = again ? raise(seen, own) : raise(this.#strikes, place);
      const elapsed = this.#now() - began;
      const late = this.#good.has(shape) && again && elapsed < onceGoodMs;
      if (!late && (await this.#isOwn(suspicion, inRow, shape))) {
        if (suspicion.refusal === true) {
          this.#doubtful.add(own);
          this.#tell(place);
          throw refusedByFirewall(request, suspicion);
        }
        this.#own.add(own);
        this.#pending.delete(place);
        return takenAnswer(taken, request);
      }
      this.#pending.set(place, [...(this.#pending.get(place) ?? []), suspicion]);
      if (this.#down || (elapsed > this.#outageMs && !(await this.#isSlowAlone(suspicion, shape)))) {
        this.#tell(place);
        this.#down = true;
        throw nothingCameThrough(request, suspicion, bad + 1, elapsed);
      }
      if (!again) throw await this.#interrupt(request, suspicion);
      await imposedWait(() => this.#sleep(pauses[Math.min(bad, pauses.length - 1)] ?? 0));
    }
  }

  close(): Promise<void> {
    for (const place of this.#pending.keys()) this.#tell(place);
    return this.#inner.close();
  }

  /**
   * Whether a usable answer comes to a read that any target answers, or that was answered well before.
   *
   * @param except the shape that is in question
   * @param through another way, where given
   */
  async wayIsOpen(except?: string, through: Transport = this.#inner): Promise<boolean> {
    const others = [...this.#ways].filter(([shape]) => shape !== except).map(([, request]) => request);
    for (const request of [await this.#control(), ...others.slice(-2)]) {
      if ('status' in (await this.#try(request, { timeoutMs: 10_000 }, through))) return true;
    }
    return false;
  }

  async #isOwn(suspicion: Suspicion, inRow: number, shape: string): Promise<boolean> {
    if (inRow < (suspicion.slow === true ? slowNeeded : this.#odds.needed)) return false;
    return suspicion.soft === true || this.wayIsOpen(shape);
  }

  /** Whether only requests of this kind time out: then one more of them decides, though it takes as long again. */
  async #isSlowAlone({ slow }: Suspicion, shape: string): Promise<boolean> {
    if (slow !== true || !(await this.wayIsOpen(shape))) return false;
    this.onWait?.(slowMs);
    this.#tellNotice({ kind: 'patient', milliseconds: slowMs });
    return true;
  }

  /** It came from outside, but for what turned out to be the target's own answer to another request of the same shape. */
  #tell(place: string): void {
    const shape = place.slice(0, place.lastIndexOf(' '));
    for (const { source, what } of this.#pending.get(place) ?? [])
      if (!this.#own.has(`${shape} ${what}`)) this.#note(source, what);
    this.#pending.delete(place);
  }

  async #try(
    request: WireRequest,
    options: SendOptions | undefined,
    through = this.#inner,
  ): Promise<WireAnswer | Taken> {
    try {
      const answer = await through.send(request, options);
      if (strangeRefusal(answer) !== undefined) await this.#learn();
      const suspicion = this.#suspect.of(request, answer);
      if (suspicion === undefined) this.#suspect.seen(shapeOf(request), answer);
      return suspicion === undefined || options?.disconnect === true ? answer : { suspicion, answer };
    } catch (error) {
      const suspicion = suspicionOfFault(error);
      if (suspicion === undefined) throw error;
      return { suspicion, error };
    }
  }

  /** Before the first strange answer is judged, another of the target is there to compare it with. */
  async #learn(): Promise<void> {
    if (this.#learned) return;
    this.#learned = true;
    await this.wayIsOpen();
  }

  #usable(request: WireRequest, shape: string, place: string, answer: WireAnswer, bad: number): WireAnswer {
    const chance = bad + (this.#strikes.get(place) ?? 0);
    this.#weigh(shape, place);
    this.#strikes.delete(place);
    this.#tell(place);
    this.#good.add(shape);
    this.#down = false;
    this.#showLife();
    this.#odds.good();
    this.#odds.recovered(chance);
    if (request.method === 'GET' && answer.status < 300) {
      this.#ways.delete(shape);
      this.#ways.set(shape, request);
    }
    return answer;
  }

  /**
   * What was made good by asking again is the target's own where no other kind of request meets it. In the form of
   * a gateway it may be the work of one that spoils this kind alone.
   */
  #weigh(shape: string, place: string): void {
    for (const { what, foreign, soft } of this.#pending.get(place) ?? []) {
      if (foreign === true) continue;
      this.#where.healed(shape, what);
      if (this.#where.isOwn(shape, what))
        (soft === true ? this.#own : this.#doubtful).add(`${shape} ${what}`);
    }
  }

  #showLife(): void {
    if (this.#now() - this.#lastSign < signOfLifeMs) return;
    this.#lastSign = this.#now();
    this.#tellNotice({ kind: 'patient', milliseconds: 0 });
  }

  /** Waits until the way is open again, so that the check is not begun again in vain. */
  async #interrupt(request: WireRequest, suspicion: Suspicion): Promise<Interrupted> {
    const began = this.#now();
    for (let turn = 0; !(await this.wayIsOpen()); turn += 1) {
      if (this.#now() - began > this.#outageMs) {
        this.#down = true;
        break;
      }
      await imposedWait(() => this.#sleep(pauses[Math.min(turn + 1, pauses.length - 1)] ?? 0));
    }
    this.#interrupted = mayHaveBeenTaken(request, suspicion);
    return this.#interrupted;
  }
}

function raise(counts: Map<string, number>, key: string): number {
  counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts.get(key) ?? 0;
}
