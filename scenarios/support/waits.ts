import type { TargetClock } from '../../harness/clock.ts';
import type { Operation } from '../../harness/operation.ts';
import { Broken, Undecided } from '../../harness/test.ts';
import { latenessMs } from '../../harness/lateness.ts';
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
 * time they are those that the listener saw. Their noise is measured: by the spread between its clock and
 * the target's, which tells how late calls arrive, and by how late this process was itself (`lateMs`).
 */
export function waitsOf(operation: Operation, { virtual }: TargetClock, lateMs = latenessMs()): Waits {
  const { attempts } = operation;
  const instant = (call: ProbeCall | undefined): number =>
    (virtual ? call?.time : call?.arrivedAt) ?? Number.NaN;
  const milliseconds = attempts.slice(1).map((attempt, index) => {
    const before = attempts[index];
    return instant(attempt.calls[0]) - instant(before?.calls.at(-1));
  });
  return { milliseconds, noise: virtual ? 0 : realNoise(attempts, lateMs) };
}

function realNoise(attempts: readonly Attempt[], lateMs: number): number {
  const lags = attempts
    .flatMap(({ calls }) => calls.map(({ arrivedAt, time }) => arrivedAt - time))
    .filter(Number.isFinite);
  const spread = lags.length === 0 ? 0 : Math.max(...lags) - Math.min(...lags);
  return Math.ceil(Math.max(leastRealNoiseMs, 2 * spread, 2 * lateMs));
}

/** That a wait is longer than, or at least, some milliseconds, and the clause behind it in words. */
export interface WaitDemand {
  readonly wait: number | undefined;
  readonly comparison: 'longer than' | 'at least';
  readonly bound: number;
  readonly expected: string;
}

/**
 * Demands something of each of several waits. What is broken for certain is told before what the noise of a
 * real clock hides.
 *
 * @throws Broken where a demand is not met
 * @throws Undecided where it cannot be told
 */
export function expectWaits(waits: Waits, demands: readonly WaitDemand[]): void {
  const { noise } = waits;
  const margins = demands.map(({ wait = Number.NaN, bound }) => wait - bound);
  if (margins.some(Number.isNaN)) throw new Undecided('the probe’s calls tell no times, so no wait is known');
  const hidden = (margin: number): boolean => noise > 0 && Math.abs(margin) <= noise;
  // A target may cut a wait to whole milliseconds, so that a proportion can be off by one.
  const broken = demands.find(({ comparison }, index) => {
    const margin = margins[index] ?? Number.NaN;
    return !hidden(margin) && !(comparison === 'longer than' ? margin > 0 : margin >= -roundingMs);
  });
  if (broken !== undefined)
    throw new Broken('the waits between the attempts', broken.expected, inSeconds(waits));
  if (margins.some(hidden))
    throw new Undecided(`waits of ${inSeconds(waits)} cannot be told apart within ${noise} ms`);
}

const realLooks = 3;

/**
 * Judges waits that are measured anew for each look. A busy machine makes single waits longer, its own
 * and the target's, so that on a real clock a breach has to show every time; one that does not is noise.
 */
export async function judgeWaits(
  { virtual }: TargetClock,
  measure: () => Promise<Waits>,
  judge: (waits: Waits) => void,
): Promise<void> {
  const broken: Broken[] = [];
  for (let look = 0; look < (virtual ? 1 : realLooks); look += 1) {
    try {
      judge(await measure());
      if (broken.length === 0) return;
      throw new Undecided(`the waits differ from one operation to the next: ${broken[0]?.actual}`);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      broken.push(error);
    }
  }
  const [first] = broken;
  if (first !== undefined)
    throw new Broken(first.subject, first.expected, broken.map(({ actual }) => actual).join('; '));
}

/** Waits in seconds, for people. */
export function inSeconds({ milliseconds }: Waits): string {
  return `${milliseconds.map((wait) => String(Math.round(wait) / 1_000)).join(', ')} s`;
}
