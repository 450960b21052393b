import { until, untilFinished, type Patience } from '../../harness/drive.ts';
import { patiently } from '../../harness/misses.ts';
import { tellNotice } from '../../harness/notices.ts';
import type { Target } from '../../harness/target.ts';

/** A day in milliseconds. */
export const day = 86_400_000;

/** What it takes to let time pass: the clock, and how the target is polled on a real one. */
export type WaitingTarget = Pick<Target, 'clock' | 'config'>;

/**
 * Lets time pass until `look` holds: within a virtual day, or half of the time in which the suite wants
 * progress on a real clock. Resolves with whether it did.
 */
export function comes(target: WaitingTarget, look: () => boolean | Promise<boolean>): Promise<boolean> {
  return until(target.clock, target.config.polling, patienceOf(target), look);
}

/** As {@link comes}, for what a check only builds on: it waits less where that has not come again and again. */
export function comesAsUsual(
  target: WaitingTarget,
  what: string,
  look: () => boolean | Promise<boolean>,
): Promise<boolean> {
  const { clock, config } = target;
  return patiently(config, what, patienceOf(target), (given) => until(clock, config.polling, given, look));
}

function patienceOf({ config }: WaitingTarget): Patience {
  return { ...untilFinished, virtualMs: day, realMs: config.timeouts.progressMs / 2 };
}

/** Lets a while pass in which nothing more is to come: a virtual day, or two seconds on a real clock. */
export async function passes({ clock }: WaitingTarget): Promise<void> {
  await clock.advance(clock.virtual ? day : 2_000);
}

const minute = 60_000;

/**
 * Lets so much time pass that a thing which must never come would have been seen, for clauses about all that
 * follows an end: a virtual day, or a minute on a real clock, less where `tooMuch` holds before.
 */
export async function watches(target: WaitingTarget, tooMuch: () => boolean = () => false): Promise<void> {
  const { clock, config } = target;
  if (clock.virtual) return passes(target);
  tellNotice({ kind: 'patient', milliseconds: minute });
  await until(clock, config.polling, { ...untilFinished, realMs: minute }, tooMuch);
}
