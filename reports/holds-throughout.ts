import type { ClauseResult } from '../record/result.ts';

/** What part of the catalogue a run looked at. */
export interface Looked {
  /** Why the run did not end as planned. */
  readonly incomplete?: string | undefined;
  /** The one shard, of a run that is spread. */
  readonly shard?: string | undefined;
  /** Ids that `--only` left out: no more than checks of other clauses touch them. */
  readonly leftOut?: ReadonlySet<string> | undefined;
}

/**
 * Whether a clause was seen to hold in all that its checks look at. Only then is a known deviation
 * outdated: with a branch untested, or in a part of a run, the breach may be where nobody looked.
 */
export function holdsThroughout(
  clause: Pick<ClauseResult, 'id' | 'verdict' | 'checks'>,
  looked: Looked,
): boolean {
  const { verdict } = clause;
  return (verdict === 'passed' || verdict === 'observed') && decidedThroughout(clause, looked);
}

/** Whether every check of a clause was run and came to a decision, whatever it was. */
export function decidedThroughout(
  { id, checks }: Pick<ClauseResult, 'id' | 'checks'>,
  { incomplete, shard, leftOut }: Looked,
): boolean {
  if (leftOut?.has(id) === true || incomplete !== undefined || shard !== undefined) return false;
  return checks.every(({ outcome }) => outcome === 'passed' || outcome === 'failed');
}
