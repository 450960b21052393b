import type { CheckTools } from '../../harness/collect.ts';
import { comesLate } from '../../harness/late-rows.ts';
import { jobsOf } from '../../scenarios/support/system-jobs.ts';
import type { Subject } from './subject.ts';

/** Of a step with Auto Delete no system job remains that succeeded; one that failed may be kept for somebody to see. */
export async function noteJobsLeft(
  { client, target }: Pick<CheckTools, 'client' | 'target'>,
  stepId: string,
  [subject]: readonly Subject[],
): Promise<void> {
  let kept = 0;
  const isGone = async (): Promise<boolean> => {
    const jobs = await jobsOf(client, stepId).catch(() => []);
    kept = jobs.filter(({ statuscode }) => statuscode === 30).length;
    return kept === 0;
  };
  // They may be cleared away in time of the machine.
  if ((await isGone()) || (await comesLate(target, isGone))) return;
  const reason = `${kept} asyncoperation rows remain of deliveries that succeeded, of a step with Auto Delete`;
  subject?.operation.accepted.note('event.auto-delete', reason);
}
