import type { Patience } from './drive.ts';

/** Consecutive waits in vain after which a target is given less time. */
const forgiven = 3;
/** The share of the usual time that it is given then. */
const share = 1 / 6;

/** What has not come, by target and kind of event: the number of waits in vain since it last came. */
const accounts = new WeakMap<object, Map<string, number>>();

/**
 * Waits for something that any target does, and less long where this one has again and again not done
 * it: on a real clock it would else cost the whole wait in every check that builds on it. Only for
 * checks that decide nothing when it does not come.
 *
 * @param target whose account it is; any object that stands for it
 * @param what the kind of event
 */
export async function patiently(
  target: object,
  what: string,
  patience: Patience,
  wait: (patience: Patience) => Promise<boolean>,
): Promise<boolean> {
  const misses = accounts.get(target) ?? new Map<string, number>();
  accounts.set(target, misses);
  const missed = misses.get(what) ?? 0;
  const came = await wait(
    missed < forgiven ? patience : { ...patience, realMs: Math.ceil(patience.realMs * share) },
  );
  misses.set(what, came ? 0 : missed + 1);
  return came;
}
