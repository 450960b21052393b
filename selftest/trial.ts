import type { ClauseId } from '../contract/clauses.ts';
import type { RawCheck } from '../record/outcome.ts';
import { withCharges } from '../reports/charges.ts';

/** What the self-test knows of a deviation before it tries it. */
export interface DeviationFacts {
  readonly name: string;
  readonly breaks: ClauseId;
  readonly summary: string;
  /** Clauses that must fall with it, each with why. */
  readonly alsoBreaks: Readonly<Partial<Record<ClauseId, string>>>;
  /** Whether only the checks of its clause are run, and those that look at operations whole. */
  readonly narrow?: boolean;
  /** Whether it needs choices of its own to be seen at all. */
  readonly chooses?: boolean;
}

/** What one deviation brought about. */
export interface Trial {
  readonly name: string;
  readonly breaks: string;
  readonly summary: string;
  /** The checks that failed for the clause it breaks: title and reason. Empty: it survived. */
  readonly killedBy: readonly { readonly title: string; readonly reason: string }[];
  /** Other clauses that failed, and whether the deviation declares them. */
  readonly others: readonly {
    readonly clause: string;
    readonly declared: boolean;
    readonly reason: string;
  }[];
  /** Declared to fall with it, but it held: told, but no fault, since laws are searched at random. */
  readonly spared: readonly string[];
  /** Other clauses that could not be decided any more, each with what blocks it, or why. */
  readonly undecided: readonly { readonly clause: string; readonly reason: string }[];
  /** Checks that ended as a fault of the suite. */
  readonly errors: readonly { readonly clause: string; readonly title: string; readonly reason: string }[];
  readonly durationMs: number;
}

/**
 * The clause that sums up the whole lifecycle. It is searched at random, so that it may fall with any
 * deviation that shows in an operation's life, and need not in each run.
 */
const wholeLife = 'state.legal-history';

/** Derives a trial from the raw checks of one run against a deviation. */
export function judgeTrial(facts: DeviationFacts, checks: readonly RawCheck[], durationMs: number): Trial {
  const all = withCharges(checks);
  const failed = all.filter((check) => check.outcome === 'failed');
  const killedBy = failed
    .filter((check) => check.clause === facts.breaks)
    .map((check) => ({ title: check.title, reason: check.reason ?? '' }));
  const declared = new Set([...Object.keys(facts.alsoBreaks), wholeLife]);
  const others = new Map<string, Trial['others'][number]>();
  for (const { clause, reason = '' } of failed) {
    if (clause !== facts.breaks && !others.has(clause))
      others.set(clause, { clause, declared: declared.has(clause), reason });
  }
  return {
    name: facts.name,
    breaks: facts.breaks,
    summary: facts.summary,
    killedBy,
    others: [...others.values()],
    spared: Object.keys(facts.alsoBreaks).filter((id) => id !== wholeLife && !others.has(id)),
    undecided: undecidedOthers(facts.breaks, all),
    errors: checks
      .filter((check) => check.outcome === 'error' || check.outcome === 'unanswered')
      .map(({ clause, title, reason = '' }) => ({ clause, title, reason })),
    durationMs,
  };
}

/** The other clauses without a verdict: none of their checks failed, and one could not decide, or none could. */
function undecidedOthers(breaks: string, checks: readonly RawCheck[]): Trial['undecided'] {
  return [...Map.groupBy(checks, ({ clause }) => clause)].flatMap(([clause, own]) => {
    if (clause === breaks || own.some(({ outcome }) => outcome === 'failed')) return [];
    const open = own.find(({ outcome }) => outcome !== 'passed' && outcome !== 'not-tested');
    return open === undefined ? [] : [{ clause, reason: open.blockedBy ?? open.reason ?? open.outcome }];
  });
}
