import type { RawCheck } from '../record/outcome.ts';
import type { CollectedCheck } from '../harness/runner.ts';
import { deviated } from '../simulator/deviation.ts';
import { loadDeviation } from '../simulator/deviations.ts';
import { overHttp } from './over-http.ts';

/** Waits of 0.3, 0.6 and 1.2 s: an implementation under development, in a hurry. */
const retry = { baseMs: 300, factor: 2, jitter: 0 };

/**
 * Runs checks in real time, over HTTP, against a simulator of their own that deviates so.
 *
 * @param deviations names; none for the plain simulator
 */
export async function inRealTime(
  checks: readonly CollectedCheck[],
  deviations: readonly string[],
): Promise<RawCheck[]> {
  const wrong = deviated(await Promise.all(deviations.map(loadDeviation)));
  return overHttp(checks, { ...wrong, clock: 'real', retry });
}

/** Whether a check is about a clause. */
export function isAbout({ details }: CollectedCheck, clause: string): boolean {
  return details.annotation.some(({ type, description }) => type === 'clause' && description === clause);
}
