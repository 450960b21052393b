import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../harness/config.ts';
import { hindrance } from '../doctor/readiness.ts';
import { NotReadyError } from '../terminal.ts';
import { preflight } from './preflight.ts';

/** How a target that is not ready is waited for. */
export interface Waiting {
  /** Longest real time until it has to be ready; 0 looks once. */
  readonly waitMs: number;
  readonly tell: (line: string) => void;
  /** For tests; real time by default. */
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** Unasked, a target that is not ready is looked at that often, as long as that takes no time to speak of. */
const unaskedLooks = 3;
const unaskedMs = 3_000;

/** Time between two looks; a little more each time, by chance, so that two runs get out of step. */
const intervalMs = 400;

/**
 * Looks until `look` finds nothing that is in the way, or the time is over. Where no wait was asked for it
 * looks a few times at once: one answer of a gateway, or one connection that was reset, ends no run.
 *
 * @throws what `look` last threw, at once where waiting does not help
 */
export async function waitUntilReady(
  look: (leftMs: number) => Promise<void>,
  waiting: Waiting,
): Promise<void> {
  const { waitMs, tell, now = () => performance.now(), sleep: pause = sleep } = waiting;
  const began = now();
  const left = (): number => Math.max(0, waitMs - (now() - began));
  for (let turn = 0; ; turn += 1) {
    try {
      await look(left());
      if (turn > 0 && waitMs > 0) tell(`The target is ready after ${Math.round((now() - began) / 1_000)} s.`);
      return;
    } catch (error) {
      if (!(error instanceof NotReadyError) || !error.passes) throw error;
      const looksLeft = turn + 1 < unaskedLooks && now() - began < unaskedMs;
      if (waitMs === 0 && !looksLeft) throw error;
      if (waitMs > 0 && left() === 0) throw afterWaiting(error, waitMs);
      if (turn === 0 && waitMs > 0)
        tell(`Waiting up to ${inSeconds(waitMs)} until the target is ready: ${error.message}`);
    }
    const interval = intervalMs * (1 + Math.random());
    await pause(waitMs === 0 ? interval : Math.min(left(), interval));
  }
}

function afterWaiting(error: NotReadyError, waitMs: number): NotReadyError {
  return new NotReadyError(`not ready within ${inSeconds(waitMs)} (--wait): ${error.message}`, error.passes);
}

function inSeconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1_000)} s`;
}

/**
 * Sees to it that a run can judge what it looks at: whatever is in its way ends it here, with the way out,
 * before anything is judged.
 *
 * @param run the id of the run
 * @throws ConfigError, UnfinishedError
 */
export function requireReady(
  config: Config,
  run: string,
  waiting: Waiting,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const { requestMs } = config.timeouts;
  return waitUntilReady(async (leftMs) => {
    const signedIn = await preflight(
      config,
      environment,
      waiting.waitMs === 0 ? 2 * requestMs : Math.max(requestMs, leftMs),
    );
    const found = await hindrance(config, run, environment, signedIn);
    if (found === undefined) return;
    const { told, mend = '', unready } = found;
    throw new NotReadyError(`the target is not ready. ${told}. ${mend}`.trimEnd(), unready === 'starting');
  }, waiting);
}
