import { limits } from '../contract/vocabulary.ts';
import { untilFinished, type Patience } from './drive.ts';
import { tellNotice } from './notices.ts';
import type { MeasuredRetries } from './pace.ts';
import { Hold, type AttemptPlan } from './plan.ts';
import type { Target } from './target.ts';

type Attempts = readonly (AttemptPlan | AttemptPlan[number])[];

/** How long an operation may take with `slow`: four attempts and the waits between them. */
export const slowMs = 4 * (limits.attemptGraceMilliseconds + 10 * 60_000);
const glanceMs = 3_000;

/** How long an operation of these attempts is given to come to rest. */
export function patienceFor(
  { config, offers }: Pick<Target, 'config' | 'offers'>,
  pace: MeasuredRetries | undefined,
  attempts: Attempts = [],
): Patience {
  const failing = attempts.some((attempt) =>
    (Array.isArray(attempt) ? (attempt as AttemptPlan) : [attempt as AttemptPlan[number]]).some(
      (step) => step instanceof Hold || step.outcome !== 'succeed',
    ),
  );
  if (!failing) return { ...untilFinished, realMs: config.timeouts.progressMs / 2 };
  const realMs = offers.slow ? slowMs : config.budget.waitMs;
  const beyond = pace?.beyond(retriesIn(attempts));
  // Not at once: it may come to rest without the retries, which were not to be waited for then.
  if (beyond !== undefined) return { ...untilFinished, realMs: Math.min(realMs, glanceMs), beyond };
  // Whoever wants to see the run get ahead has to know that this may be a long wait.
  if (pace !== undefined) tellNotice({ kind: 'patient', milliseconds: realMs });
  return { ...untilFinished, realMs };
}

/** The retries that the attempts of a call ask for, by those that fail at its beginning. */
export function retriesIn(attempts: Attempts = []): number {
  const fails = attempts.map((attempt) => {
    const last = Array.isArray(attempt) ? (attempt as AttemptPlan).at(-1) : (attempt as AttemptPlan[number]);
    return last !== undefined && !(last instanceof Hold) && ['fail', 'odd'].includes(last.outcome);
  });
  const other = fails.indexOf(false);
  return other === -1 && fails.length > 0 ? limits.retries : Math.max(0, other);
}
