import type { ClauseId } from '../../contract/clauses.ts';
import { limits } from '../../contract/vocabulary.ts';
import type { Attempt } from '../plan.ts';

/** The clause that an operation breaks which shows no end though nothing is left to do, and since when. */
export interface Overdue {
  readonly clause: ClauseId;
  /** What happened last, for "days after …". */
  readonly after: string;
}

/**
 * What an operation has missed that is still not at its end when days have gone by; undefined where its
 * attempts do not tell, or the documentation leaves its end open.
 */
export function overdue(attempts: readonly Attempt[], canceled: boolean): Overdue | undefined {
  if (canceled) {
    return attempts.length === 0
      ? { clause: 'state.canceled', after: 'canceled before its first attempt' }
      : undefined;
  }
  const told = attempts.at(-1)?.calls.at(-1)?.answer?.outcome;
  if (told === 'succeed') return { clause: 'state.succeeded', after: 'its attempt succeeded' };
  const failed = told === 'fail' && attempts.length > limits.retries;
  return failed ? { clause: 'state.failed', after: 'its last attempt failed' } : undefined;
}
