import type { RawCheck } from '../record/outcome.ts';
import type { CollectedCheck } from '../harness/runner.ts';
import { deviated } from '../simulator/deviation.ts';
import { loadDeviation } from '../simulator/deviations.ts';
import { varyOperation } from '../simulator/operation-choices.ts';
import { overHttp } from './over-http.ts';

/** Waits of 0.3, 0.6 and 1.2 s: an implementation under development, in a hurry. */
const retry = { baseMs: 300, factor: 2, jitter: 0 };

/** Each operation chooses for itself, and is in as much of a hurry. */
const ownChoices = (sequence: number) => ({
  ...varyOperation(1, sequence),
  retry: { baseMs: 200 + 100 * (sequence % 4), factor: sequence % 2 === 0 ? 2 : 2.5, jitter: 0 },
  rowLagMs: 100 * (sequence % 3),
});

/**
 * Runs checks in real time, over HTTP, against a simulator of their own that deviates so.
 *
 * @param deviations names; with none it is right, and its operations make other choices each
 */
export async function inRealTime(
  checks: readonly CollectedCheck[],
  deviations: readonly string[],
): Promise<RawCheck[]> {
  const wrong = deviated(await Promise.all(deviations.map(loadDeviation)));
  return overHttp(checks, {
    ...wrong,
    clock: 'real',
    ...(deviations.length === 0 ? { choicesOf: ownChoices } : { retry }),
  });
}

/** Whether a check is about a clause. */
export function isAbout({ details }: CollectedCheck, clause: string): boolean {
  return details.annotation.some(({ type, description }) => type === 'clause' && description === clause);
}
