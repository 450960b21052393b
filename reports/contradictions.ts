import { forbiddenChanges } from '../harness/check/forbidden-changes.ts';
import type { CheckResult, ClauseResult, Verdict } from '../record/result.ts';

/** Verdicts that leave no room for a breach that somebody saw. */
const innocent: ReadonlySet<Verdict> = new Set<Verdict>(['passed', 'observed', 'not-tested']);

/**
 * What contradicts itself in a result, in sentences without a full stop: a check that was blocked by a
 * clause that passed or did not run, or that met a breach of one, or whose reads show a change that one
 * forbids. There is none, unless the suite is at fault: whoever reads the result could not tell which half
 * to believe.
 */
export function contradictions(clauses: readonly ClauseResult[]): string[] {
  const byId = new Map(clauses.map((clause) => [clause.id, clause]));
  const told = clauses.flatMap(({ id, checks }) =>
    checks.flatMap((check) =>
      accused(check).flatMap(({ clause, how }) => {
        const other = byId.get(clause);
        if (other === undefined || other.level === 'MAY' || !innocent.has(other.verdict)) return [];
        return `the check “${check.title}” of ${id} ${how} ${clause}, but ${clause} is ${other.verdict}`;
      }),
    ),
  );
  return [...new Set(told)];
}

function accused(check: CheckResult): { clause: string; how: string }[] {
  const { blockedBy, findings = [] } = check;
  const met = findings.map(({ clause }) => ({ clause, how: 'saw a breach of' }));
  const blocked = blockedBy === undefined || findings.some(({ clause }) => clause === blockedBy);
  const told = blocked ? met : [...met, { clause: blockedBy, how: 'was blocked by' }];
  return [...told, ...shown(check)];
}

/** What a check's reads show for certain; those of one that could not be carried out undisturbed show nothing. */
function shown({ outcome, blame, evidence }: CheckResult): { clause: string; how: string }[] {
  if (evidence === undefined || blame !== undefined || !['passed', 'failed'].includes(outcome)) return [];
  try {
    return forbiddenChanges(evidence).map(({ clause, reason }) => ({
      clause,
      how: `saw that ${reason}, which breaks`,
    }));
  } catch {
    // Evidence is whatever a target said, also in results of other versions: it costs no verdict.
    return [];
  }
}
