import { setTimeout as pause } from 'node:timers/promises';
import { isObject, type Answer } from './answer.ts';
import { Client } from './client.ts';
import { Events } from './events.ts';
import { measureRetries } from './measure-retries.ts';
import { tellNotice } from './notices.ts';
import { Pace } from './pace.ts';
import { slowMs } from './probe-patience.ts';
import { Probe } from './probe.ts';
import type { Target } from './target.ts';
import { Transcript } from './transcript.ts';
import { Ending } from './verdict.ts';
import { LossSample } from './watch/loss-sample.ts';

/** How long a background operation may take to reach the listener, where it did before. */
const canaryMs = 15_000;

/** Refusals of a call that is not carried out. */
const notRun: ReadonlySet<number> = new Set([401, 403, 404, 405, 429]);

/** Whether the target itself says that a custom API failed: in the form of the platform, which no gateway writes. */
function saysItFailed(answer: Answer): boolean {
  const [{ status }, body] = [answer, answer.json()];
  const error = isObject(body) ? body['error'] : undefined;
  const told = isObject(error) && typeof error['code'] === 'string' && typeof error['message'] === 'string';
  return told && status >= 400 && status !== 503 && !notRun.has(status);
}

/**
 * Calls of the probe by which it is seen whether deliveries get lost: a way that loses one in 15 is found with a
 * chance of 98 %.
 */
const sampled = { enough: 60, fresh: 4, atOnce: 4, limitMs: 10_000, now: () => performance.now() };

async function comesWithin(condition: () => boolean, milliseconds: number): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!condition() && performance.now() < deadline) await pause(100);
}

/** What one process tests with: the target, and what outlives a single check. */
export class SuiteSession {
  readonly target: Target;
  readonly events: Events;
  /** The target's retries in real time; undefined on a virtual clock. */
  readonly pace: Pace | undefined;
  /** Milliseconds that second runs of failed checks have taken. */
  rerunMs = 0;
  /** Keep the evidence of checks that passed, too. Making it costs more than many a check. */
  keepsAllEvidence = true;
  /** Clauses that checks of this process have seen broken, twice. */
  readonly met = new Set<string>();

  /** @param mark what the world marks its registrations and the listener's paths with, see `run-id.ts` */
  constructor(target: Target, mark: string) {
    this.target = target;
    target.listener.mark = mark;
    this.events = new Events(target, new Client(target, 'initiator', new Transcript()), mark);
    if (target.watch !== undefined) target.watch.onLost = () => this.events.forget();
    const budgetMs = target.offers.slow ? slowMs : target.config.budget.waitMs;
    this.pace = target.clock.virtual ? undefined : new Pace(() => measureRetries(target, budgetMs));
  }

  readonly #deliveries = new LossSample(() => this.#delivers(), sampled);
  /** Such calls do not reach the listener on this target, so that they tell nothing. */
  #wayUnknown = false;
  /** How many requests had reached the listener when the target was last found not to reach it. */
  #unreachedAt: number | undefined;

  /**
   * Whether the target reaches the listener now: it is asked to run the probe, at once and, where it
   * reached it before, as a background operation. Where the custom APIs are fixed, nobody can tell.
   */
  async listenerReached(probe: Probe): Promise<boolean> {
    const { listener, config, clock } = this.target;
    if (config.target.probe.kind === 'fixed') return true;
    const { arrived } = listener;
    if (this.#unreachedAt === arrived) return false;
    const reached = async (call: () => Promise<unknown>): Promise<boolean> => {
      try {
        await call();
      } catch (error) {
        // What is wrong with the answer is for other checks; here it only matters what reached the listener.
        if (!(error instanceof Ending)) throw error;
      }
      return listener.arrived > arrived;
    };
    if (await reached(() => probe.call({ prefer: null }))) return true;
    const later = async (): Promise<void> => {
      await probe.submit();
      if (clock.virtual) await clock.advance(60_000);
      else await comesWithin(() => listener.arrived > arrived, canaryMs);
    };
    if (arrived > 0 && (await reached(later))) return true;
    this.#unreachedAt = listener.arrived;
    return false;
  }

  /**
   * Whether some of what the target sends to the listener gets lost on its way, though others come: it is asked to
   * run the probe at once, many times. What is left of these calls stands in no check's evidence.
   */
  async losesDeliveries(): Promise<boolean> {
    const { config, listener } = this.target;
    if (config.target.probe.kind === 'fixed' || this.#wayUnknown) return false;
    const tell = listener.onReceived;
    listener.onReceived = undefined;
    try {
      const found = await this.#deliveries.look();
      this.#wayUnknown = !this.#deliveries.works;
      return found === 'loses some';
    } finally {
      listener.onReceived = tell;
    }
  }

  /**
   * Whether the target runs the probe at once and it reaches the listener; undefined where the answer may come from
   * somebody who did not run it.
   */
  async #delivers(): Promise<boolean | undefined> {
    const transcript = new Transcript();
    const probe = new Probe(this.target, (principal) => new Client(this.target, principal, transcript));
    try {
      const { answer, play } = await probe.call({ prefer: null });
      if (play !== undefined && play.attempts.length > 0) return true;
      return saysItFailed(answer) ? false : undefined;
    } catch (error) {
      if (error instanceof Ending) return undefined;
      throw error;
    }
  }

  /**
   * Ends the session.
   *
   * @param leave whether what is registered in the target is left there, for the command line to remove
   */
  async close(leave = false): Promise<void> {
    this.target.manners?.tidy();
    try {
      if (!leave) await this.events.registrations.close();
    } finally {
      await this.target.close();
      const sent = this.target.manners?.sent;
      if (sent !== undefined) tellNotice({ kind: 'requests', sent });
    }
  }
}
