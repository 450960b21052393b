import { setTimeout } from 'node:timers/promises';
import { limits } from '../contract/vocabulary.ts';
import { stopwatch } from './stopwatch.ts';
import type { Target } from './target.ts';

const intervalMs = 100;

/** Targets at which what was missing did not come in real time either. */
const punctual = new WeakSet<Target>();

/**
 * Looks again for 5 s of real time: behind a virtual clock an elastic table may still take the time of
 * the machine. Where that was once in vain it is not tried again, since a missing row is missing then;
 * the embedded simulator has no time but its clock's.
 *
 * @returns whether `look` saw what it wants
 */
export async function comesLate(target: Target, look: () => Promise<boolean>): Promise<boolean> {
  if (target.config.target.kind === 'simulator') return false;
  const elapsed = stopwatch();
  while (!punctual.has(target)) {
    await setTimeout(intervalMs);
    if (await look()) return true;
    if (elapsed() > limits.consistencyMilliseconds) punctual.add(target);
  }
  return false;
}
