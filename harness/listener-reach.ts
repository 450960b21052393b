import { setTimeout as pause } from 'node:timers/promises';
import { isObject, type Answer } from './answer.ts';
import { Client } from './client.ts';
import { Probe } from './probe.ts';
import type { Target } from './target.ts';
import { Transcript } from './transcript.ts';
import { Ending } from './verdict.ts';
import { LossSample } from './watch/loss-sample.ts';

/** How long a background operation may take to reach the listener, where it did before. */
const canaryMs = 15_000;
/** How often the target is asked at most to reach the listener; what stands before it may answer for it. */
const tries = 3;
/**
 * Calls of the probe by which it is seen whether deliveries get lost: a way that loses one in 15 is found with a
 * chance of 98 %.
 */
const sampled = { enough: 60, fresh: 4, atOnce: 4, limitMs: 10_000, now: () => performance.now() };
/** Refusals of a call that is not carried out. */
const notRun: ReadonlySet<number> = new Set([401, 403, 404, 405, 429]);

/** Whether what the target sends reaches the listener: asks the target to run the probe, beside all checks. */
export class ListenerReach {
  readonly #target: Target;
  readonly #sample = new LossSample(() => this.#delivers(), sampled);
  /** Calls that are made at once do not reach the listener on this target, so that they tell nothing. */
  #wayUnknown = false;
  /** How many requests had reached the listener when the target was last found not to reach it. */
  #unreachedAt: number | undefined;

  constructor(target: Target) {
    this.#target = target;
  }

  /**
   * Whether the target reaches the listener now: it is asked to run the probe, at once and, where it
   * reached it before, as a background operation. Where the custom APIs are fixed, nobody can tell.
   *
   * @param probe that of the check which heard nothing
   */
  async works(probe: Probe): Promise<boolean> {
    const { listener, config, clock } = this.#target;
    if (config.target.probe.kind === 'fixed') return true;
    const { arrived } = listener;
    if (this.#unreachedAt === arrived) return false;
    const has = (): boolean => listener.arrived > arrived;
    if (await reached(() => probe.call({ prefer: null }).then(({ answer }) => answer), has)) return true;
    const later = async (): Promise<Answer> => {
      const { answer } = await probe.call();
      if (clock.virtual) await clock.advance(60_000);
      else await comesWithin(has, canaryMs);
      return answer;
    };
    if (arrived > 0 && (await reached(later, has))) return true;
    this.#unreachedAt = listener.arrived;
    return false;
  }

  /**
   * Whether some of what the target sends to the listener gets lost on its way, though others come: it is asked to
   * run the probe at once, many times. What is left of these calls stands in no check's evidence.
   */
  async losesSome(): Promise<boolean> {
    const { config, listener } = this.#target;
    if (config.target.probe.kind === 'fixed' || this.#wayUnknown) return false;
    const tell = listener.onReceived;
    listener.onReceived = undefined;
    try {
      const found = await this.#sample.look();
      this.#wayUnknown = !this.#sample.works;
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
    const probe = new Probe(this.#target, (principal) => new Client(this.#target, principal, transcript));
    try {
      const { answer, play } = await probe.call({ prefer: null });
      if (play !== undefined && play.attempts.length > 0) return true;
      return saysItFailed(answer) ? false : undefined;
    } catch (error) {
      if (error instanceof Ending) return undefined;
      throw error;
    }
  }
}

/** Makes a call until it has reached the listener, or the target itself says that it did not, or gives no answer. */
async function reached(call: () => Promise<Answer>, has: () => boolean): Promise<boolean> {
  for (let turn = 1; turn <= tries; turn += 1) {
    let answer: Answer | undefined;
    let foreign = false;
    try {
      answer = await call();
    } catch (error) {
      // What is wrong with the answer is for other checks; here it only matters what reached the listener.
      if (!(error instanceof Ending)) throw error;
      foreign = error.blame === 'gateway';
    }
    if (has()) return true;
    if (!foreign && (answer === undefined || saysItFailed(answer))) return false;
  }
  return false;
}

/** Whether the target itself says that a custom API failed: in the form of the platform, which no gateway writes. */
function saysItFailed(answer: Answer): boolean {
  const [{ status }, body] = [answer, answer.json()];
  const error = isObject(body) ? body['error'] : undefined;
  const told = isObject(error) && typeof error['code'] === 'string' && typeof error['message'] === 'string';
  return told && status >= 400 && status !== 503 && !notRun.has(status);
}

async function comesWithin(condition: () => boolean, milliseconds: number): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!condition() && performance.now() < deadline) await pause(100);
}
