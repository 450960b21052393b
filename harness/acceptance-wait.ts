import type { Target } from './target.ts';

/**
 * Milliseconds of real time for which something inside an attempt waits for the answer to its own
 * submission. On a virtual clock nothing starts before that answer, so a short while suffices.
 */
const holdMs = { virtual: 1_000, real: 15_000 } as const;
const readMs = 5_000;

/** What a target is given that has kept submissions waiting for their attempts, again and again. */
const impatientMs = 100;
const forgivenMisses = 4;

const misses = new WeakMap<Target, number>();

/** Waits for the answer to a submission before an attempt is told to go on; undefined when none came. */
export function answeredBeforeHold<T>(target: Target, answered: Promise<T>): Promise<T | undefined> {
  return within(target, answered, target.clock.virtual ? holdMs.virtual : holdMs.real);
}

/** Waits for the answer to a submission before a reader looks inside its attempt; undefined when none came. */
export function answeredBeforeReading<T>(target: Target, answered: Promise<T>): Promise<T | undefined> {
  return within(target, answered, readMs);
}

/** A target that executes before it answers would else cost the whole wait in every single check. */
async function within<T>(target: Target, answered: Promise<T>, longMs: number): Promise<T | undefined> {
  const missed = misses.get(target) ?? 0;
  const waitMs = missed > forgivenMisses ? Math.min(impatientMs, longMs) : longMs;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      misses.set(target, (misses.get(target) ?? 0) + 1);
      resolve(undefined);
    }, waitMs);
  });
  try {
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
}
