import type { Need } from '../contract/clause.ts';
import { capabilities, reasonWithout } from '../contract/needs.ts';
import { causeText, type Cause } from '../record/cause.ts';
import type { CheckResult, ClauseResult, Result } from '../record/result.ts';

/**
 * A result in which every cause is named. Results of earlier versions told two of them only in a sentence of
 * their own: what was left out, and what the target lacks. They are read here, once, and nowhere else.
 */
export function withCauses(result: Result): Result {
  return { ...result, clauses: result.clauses.map(clauseWithCauses) };
}

function clauseWithCauses(clause: ClauseResult): ClauseResult {
  const checks = clause.checks.map(checkWithCause);
  const cause = clause.cause ?? (clause.checks.length === 0 ? causeTold(clause.reason) : undefined);
  return { ...clause, ...(cause === undefined ? {} : { cause }), checks };
}

function checkWithCause(check: CheckResult): CheckResult {
  if (check.cause !== undefined || check.outcome !== 'not-tested') return check;
  const cause = causeTold(check.reason);
  return cause === undefined ? check : { ...check, cause };
}

const leftOut: Cause = { kind: 'left-out' };

function causeTold(reason: string | undefined): Cause | undefined {
  if (reason === undefined) return undefined;
  if (reason === causeText(leftOut)) return leftOut;
  const needs = (Object.keys(capabilities) as Need[]).filter((need) => reason.includes(reasonWithout(need)));
  return needs.length === 0 ? undefined : { kind: 'lacks', needs };
}
