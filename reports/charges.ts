import { findClause } from '../contract/clauses.ts';
import { causeText, type Cause } from '../record/cause.ts';
import type { Evidence } from '../record/evidence.ts';
import type { Finding, Outcome, RawCheck } from '../record/outcome.ts';

/** A finding with the check that met it. */
interface Met {
  readonly finding: Finding;
  readonly check: RawCheck;
}

/**
 * The checks of a run with its findings charged to the clauses that they break: a breach that checks of
 * other clauses met is a failed check of the clause itself, even where its own checks passed or did not
 * run. However many checks met it, it is one finding, and the checks are its places.
 *
 * What was met once, and not again when that check was run again, decides nothing. Nor does a breach that
 * was only concluded where the clause's own checks looked for it and did not find it.
 */
export function withCharges(checks: readonly RawCheck[]): RawCheck[] {
  const met = checks.flatMap((check) => (check.findings ?? []).map((finding): Met => ({ finding, check })));
  const byClause = Map.groupBy(met, ({ finding }) => finding.clause);
  const outcomes = Map.groupBy(checks, ({ clause }) => clause);
  const has = (clause: string, ...wanted: Outcome[]): boolean =>
    outcomes.get(clause)?.some(({ outcome }) => wanted.includes(outcome)) === true;
  const placed = checks.map((check) => {
    const found = byClause.get(check.clause);
    return check.outcome !== 'failed' || found === undefined ? check : { ...check, places: placesOf(found) };
  });
  const charged = [...byClause].flatMap(([clause, found]) =>
    has(clause, 'failed') || findClause(clause)?.level === 'MAY'
      ? []
      : [charge(clause, found, has(clause, 'passed', 'inconclusive'))],
  );
  return withoutUnreached([...placed, ...charged]);
}

/**
 * Some checks speak of what never came about, since the target breaks another clause: no retry came, so
 * that nothing was seen after one. Where that breach is established, and other checks of their clause
 * decided, they were not tested rather than left open. A clause that has no other check stays open.
 */
function withoutUnreached(checks: readonly RawCheck[]): RawCheck[] {
  const broken = new Set(checks.filter(({ outcome }) => outcome === 'failed').map(({ clause }) => clause));
  const decided = new Set(
    checks.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed').map(({ clause }) => clause),
  );
  return checks.map((check) => {
    const { clause, blockedBy, unreached, cause, reason = '' } = check;
    if (unreached !== true || blockedBy === undefined || check.outcome !== 'inconclusive') return check;
    if (!broken.has(blockedBy) || !decided.has(clause)) return check;
    const why = cause?.kind === 'blocked' ? cause.why : reason;
    const instead: Cause = { kind: 'unreached', clause: blockedBy, why };
    return { ...check, outcome: 'not-tested', cause: instead, reason: causeText(instead) };
  });
}

/** What was met of one clause, as a check of that clause. */
function charge(clause: string, found: readonly Met[], lookedAt: boolean): RawCheck {
  const titles = placesOf(found);
  const sure = lookedAt ? found.filter(({ finding }) => finding.certain) : found;
  // Two checks that each met it once may have met two accidents.
  const again = sure.some(({ finding }) => finding.again);
  const told = sure.length > 0 ? sure : found;
  const { finding, check } = told.find((one) => one.finding.again) ?? (told[0] as Met);
  const where = `met by the check “${check.title}” of ${check.clause}`;
  const doubt = again
    ? ''
    : sure.length > 0
      ? 'seen once, not again: '
      : 'its own checks did not find it broken, but another one concluded it: ';
  const mismatch: Evidence = {
    kind: 'mismatch',
    subject: where,
    expected: findClause(clause)?.duty ?? clause,
    actual: finding.reason,
  };
  return {
    clause,
    title: where,
    file: check.file,
    line: check.line,
    outcome: again ? 'failed' : 'inconclusive',
    reason: `${doubt}${finding.reason} (${where})`,
    // Open either way: no run is complete that may have broken a clause.
    ...(again ? {} : { seenOnce: true as const }),
    metBy: check.clause,
    ...(titles.length > 1 ? { places: titles } : {}),
    startedAt: check.startedAt,
    durationMs: 0,
    evidence: [mismatch, ...check.evidence],
  };
}

function placesOf(found: readonly Met[]): string[] {
  return [...new Set(found.map(({ check }) => check.title))];
}
