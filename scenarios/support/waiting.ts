import { untilFinished } from '../../harness/drive.ts';
import { day, passUntil, type Passing } from './passing.ts';

/**
 * Lets time pass until something that the target sends has come: within a virtual day, or half of the
 * time in which the suite wants progress on a real clock. Resolves with whether it did.
 */
export function comes(passing: Passing, look: () => boolean | Promise<boolean>): Promise<boolean> {
  const realMs = passing.target.config.timeouts.progressMs / 2;
  return passUntil(passing, { ...untilFinished, virtualMs: day, realMs }, look);
}
