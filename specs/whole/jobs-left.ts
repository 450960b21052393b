import type { JsonObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { comesLate } from '../../harness/late-rows.ts';
import { jobsOf } from '../../scenarios/support/system-jobs.ts';
import type { Subject } from './subject.ts';

/** A job that has not ended so many milliseconds after its creation never will: no call of a webhook takes so long. */
const stuckMs = 3_600_000;

/**
 * Of a step with Auto Delete no system job remains that succeeded. One that failed, or that never ends, may be kept for
 * each delivery that was not received, and no more: `unreceived` is how many deliveries that are.
 */
export async function noteJobsLeft(
  { client, clock, target }: Pick<CheckTools, 'client' | 'clock' | 'target'>,
  stepId: string,
  [subject]: readonly Subject[],
  unreceived: number,
): Promise<void> {
  let kept = 0;
  const now = await clock.now();
  const isStuck = ({ statecode, createdon }: JsonObject): boolean =>
    statecode !== 3 && now - Date.parse(String(createdon)) > stuckMs;
  const isGone = async (): Promise<boolean> => {
    const jobs = await jobsOf(client, stepId).catch(() => []);
    const succeeded = jobs.filter(({ statuscode }) => statuscode === 30);
    const others = jobs.filter(
      (job) => job['statuscode'] === 31 || (!succeeded.includes(job) && isStuck(job)),
    );
    kept = succeeded.length + Math.max(0, others.length - unreceived);
    return kept === 0;
  };
  // They may be cleared away in time of the machine.
  if ((await isGone()) || (await comesLate(target, isGone))) return;
  const reason = `${kept} asyncoperation rows remain, though their deliveries succeeded, of a step with Auto Delete`;
  subject?.operation.accepted.note('event.auto-delete', reason);
}
