import type { ComparedClause, ResultComparison } from './compare.ts';
import { listed } from './listed.ts';
import type { Gate } from '../record/result.ts';

/** How strictly a comparison is judged. */
export interface CompareStrictness {
  /** A required clause that was decided before must still be decided. */
  readonly strict?: boolean | undefined;
}

/**
 * The exit status of a comparison and why: 1 when a required clause that was not broken in the first result,
 * or held in a later one, is broken in the last, else 3 when the last run is incomplete; with `strict` 1 also when a required clause
 * was decided in the first result and is not in the last; else 0.
 */
export function compareGate(
  { clauses, runs }: ResultComparison,
  { strict = false }: CompareStrictness = {},
): Gate & { readonly status: 0 | 1 | 3 } {
  const musts = clauses.filter(({ level }) => level === 'MUST');
  const broken = musts.filter(isNewlyBroken);
  const lost = strict ? musts.filter(isNoLongerDecided) : [];
  const incomplete = runs.at(-1)?.incomplete;
  const why = [
    ...(broken.length === 0
      ? []
      : [
          `Newly broken: ${counted(broken)}: ${listed(broken)}. Fix the target, or the change that broke it.`,
        ]),
    ...(lost.length === 0
      ? []
      : [
          `--strict: ${counted(lost)} ${lost.length === 1 ? 'was' : 'were'} decided before and ${lost.length === 1 ? 'is' : 'are'} no longer: ${listed(lost)}. Give the run what it had before, or leave --strict out.`,
        ]),
    ...(incomplete === undefined
      ? []
      : [
          `Incomplete: the last run did not end as planned: ${incomplete}${incomplete.endsWith('.') ? '' : '.'} Run it again.`,
        ]),
  ];
  const open = incomplete === undefined ? 0 : 3;
  const status = broken.length > 0 ? 1 : open === 0 && lost.length > 0 ? 1 : open;
  return { status, failed: status !== 0, why };
}

function isNewlyBroken({ cells, change }: ComparedClause): boolean {
  return cells.at(-1)?.verdict === 'failed' && (change === 'newly-broken' || change === 'added');
}

/** A clause that the last result does not know was left out by an older suite: nobody looked any more. */
function isNoLongerDecided({ cells, change }: ComparedClause): boolean {
  if (change === 'newly-open') return true;
  const before = cells[0]?.verdict;
  return change === 'removed' && before !== undefined && before !== 'not-tested' && before !== 'inconclusive';
}

function counted(clauses: readonly ComparedClause[]): string {
  return `${clauses.length} required ${clauses.length === 1 ? 'clause' : 'clauses'}`;
}
