import { setTimeout } from 'node:timers/promises';
import { limits } from '../contract/vocabulary.ts';
import { stopwatch } from './stopwatch.ts';
import type { Target } from './target.ts';

const intervalMs = 100;

/** What is known of how late a target is in real time. */
interface Known {
  /** Whether something was missing and came: then it is waited for each time. */
  seen: boolean;
  /** How often something was missing and did not come. */
  misses: number;
}

const known = new WeakMap<object, Known>();

/**
 * Milliseconds for which something is looked for again. Of one miss nobody knows whether the target is
 * punctual or the thing was rightly missing, so that some more are waited for, though not as long.
 */
function patienceOf({ seen, misses }: Known): number {
  if (seen || misses === 0) return limits.consistencyMilliseconds;
  return misses <= 3 ? 1_000 : 0;
}

/**
 * Looks again for up to 5 s of real time: behind a virtual clock an elastic table may still take the time of
 * the machine, and were virtual time let pass instead, retries would run. Where that was in vain again and again,
 * and nothing was ever late, it is not tried any more, since a missing row is missing then; the embedded simulator
 * has no time but its clock's.
 *
 * @returns whether `look` saw what it wants
 */
export async function comesLate(
  target: Pick<Target, 'config'>,
  look: () => Promise<boolean>,
  {
    pause = (milliseconds: number): Promise<unknown> => setTimeout(milliseconds),
    elapsed = stopwatch(),
  } = {},
): Promise<boolean> {
  if (target.config.target.kind === 'simulator') return false;
  const state = known.get(target) ?? { seen: false, misses: 0 };
  known.set(target, state);
  const patienceMs = patienceOf(state);
  while (elapsed() < patienceMs) {
    await pause(intervalMs);
    if (await look()) {
      state.seen = true;
      return true;
    }
  }
  if (patienceMs > 0) state.misses += 1;
  return false;
}
