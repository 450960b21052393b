import { until, untilFinished } from '../../harness/drive.ts';
import type { Target } from '../../harness/target.ts';

/** A day in milliseconds. */
export const day = 86_400_000;

/** What it takes to let time pass: the clock, and how the target is polled on a real one. */
export type Waits = Pick<Target, 'clock' | 'config'>;

/**
 * Lets time pass until `look` holds: within a virtual day, or half of the time in which the suite wants
 * progress on a real clock. Resolves with whether it did.
 */
export function comes({ clock, config }: Waits, look: () => boolean | Promise<boolean>): Promise<boolean> {
  const patience = { ...untilFinished, virtualMs: day, realMs: config.timeouts.progressMs / 2 };
  return until(clock, config.polling, patience, look);
}

/** Lets a while pass in which nothing more is to come: a virtual day, or two seconds on a real clock. */
export async function passes({ clock }: Waits): Promise<void> {
  await clock.advance(clock.virtual ? day : 2_000);
}
