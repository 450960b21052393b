import type { CheckTools } from '../../harness/collect.ts';
import { comesLate } from '../../harness/late-rows.ts';
import { jobsOf } from '../../scenarios/support/system-jobs.ts';
import type { Subject } from './subject.ts';

/**
 * Of a step with Auto Delete no system job remains that succeeded; one that failed may be kept for somebody to see.
 * More of these than deliveries that were not received are none: `unreceived` is how many these may be.
 */
export async function noteJobsLeft(
  { client, target }: Pick<CheckTools, 'client' | 'target'>,
  stepId: string,
  [subject]: readonly Subject[],
  unreceived: number,
): Promise<void> {
  let kept = 0;
  const isGone = async (): Promise<boolean> => {
    const jobs = await jobsOf(client, stepId).catch(() => []);
    const failed = jobs.filter(({ statuscode }) => statuscode === 31).length;
    kept = jobs.filter(({ statuscode }) => statuscode === 30).length + Math.max(0, failed - unreceived);
    return kept === 0;
  };
  // They may be cleared away in time of the machine.
  if ((await isGone()) || (await comesLate(target, isGone))) return;
  const reason = `${kept} asyncoperation rows remain of deliveries that succeeded, of a step with Auto Delete`;
  subject?.operation.accepted.note('event.auto-delete', reason);
}
