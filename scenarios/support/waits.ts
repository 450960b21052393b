import type { Clock } from '../../harness/clock.ts';
import type { Operation } from '../../harness/operation.ts';
import { Broken, Undecided } from '../../harness/test.ts';
import type { Attempt, ProbeCall } from '../../harness/plan.ts';

/** The waits between the attempts of one operation. */
export interface Waits {
  /** Milliseconds from the end of an attempt to the start of the next. */
  readonly milliseconds: readonly number[];
  /** Milliseconds by which each may be off for reasons that are not the target's; 0 in virtual time. */
  readonly noise: number;
}

const roundingMs = 1;
const leastRealNoiseMs = 25;

/**
 * The waits between the attempts that were made. In virtual time they are the target's own; in real
 * time they are those that the listener saw, with the spread between its clock and the target's, the
 * best measure of how late calls arrive, as their noise.
 */
export function waitsOf(operation: Operation, { virtual }: Clock): Waits {
  const { attempts } = operation;
  const instant = (call: ProbeCall | undefined): number =>
    (virtual ? call?.time : call?.arrivedAt) ?? Number.NaN;
  const milliseconds = attempts.slice(1).map((attempt, index) => {
    const before = attempts[index];
    return instant(attempt.calls[0]) - instant(before?.calls.at(-1));
  });
  return { milliseconds, noise: virtual ? 0 : realNoise(attempts) };
}

function realNoise(attempts: readonly Attempt[]): number {
  const lags = attempts
    .flatMap(({ calls }) => calls.map(({ arrivedAt, time }) => arrivedAt - time))
    .filter(Number.isFinite);
  const spread = lags.length === 0 ? 0 : Math.max(...lags) - Math.min(...lags);
  return Math.max(leastRealNoiseMs, 2 * spread);
}

/**
 * Demands that a wait is longer than, or at least, some milliseconds; `expected` says so in words.
 * Undecided where the noise of a real clock hides the difference.
 */
export function expectWait(
  waits: Waits,
  [wait = Number.NaN, comparison, bound]: readonly [number | undefined, 'longer than' | 'at least', number],
  expected: string,
): void {
  const margin = wait - bound;
  if (Number.isNaN(margin)) throw new Undecided('the probe’s calls tell no times, so no wait is known');
  if (waits.noise > 0 && Math.abs(margin) <= waits.noise)
    throw new Undecided(`waits of ${inSeconds(waits)} cannot be told apart within ${waits.noise} ms`);
  // A target may cut a wait to whole milliseconds, so that a proportion can be off by one.
  const holds = comparison === 'longer than' ? margin > 0 : margin >= -roundingMs;
  if (!holds) throw new Broken('the waits between the attempts', expected, inSeconds(waits));
}

/** Waits in seconds, for people. */
export function inSeconds({ milliseconds }: Waits): string {
  return `${milliseconds.map((wait) => String(wait / 1_000)).join(', ')} s`;
}
