import { documents, sourceUrl, type Clause, type Need } from '../contract/clause.ts';
import { catalogue, clauses as wholeCatalogue, sections } from '../contract/clauses.ts';
import type { CaughtIn } from '../record/caught-in.ts';
import type { Disruption, RawCheck } from '../record/outcome.ts';
import { withCharges } from './charges.ts';
import type { KnownDeviation, Strictness } from '../record/run-meta.ts';
import { clauseVerdict } from './clause-verdict.ts';
import { contradictions } from './contradictions.ts';
import { incompleteness } from './completeness.ts';
import { exitStatus } from './gate.ts';
import { holdsThroughout } from './holds-throughout.ts';
import { profileVerdicts } from './profiles.ts';
import { schemaVersion, type CheckResult, type ClauseResult, type Result } from '../record/result.ts';
import { seenIn } from './seen.ts';
import { summarise } from './summarise.ts';

/** Everything from which a result follows. */
export interface Derivation {
  readonly suite: Result['suite'];
  readonly target: Result['target'];
  readonly run: Result['run'];
  readonly checks: readonly RawCheck[];
  /** Ids that `--only` left out; nothing when everything was wanted. */
  readonly leftOut?: ReadonlySet<string>;
  /** What the target offers; unknown when absent. */
  readonly offers?: readonly Need[];
  /** By clause id. */
  readonly knownDeviations?: Readonly<Record<string, KnownDeviation>>;
  /** Names of the deviations that the suite was seen to catch, by clause id. */
  readonly proven?: Readonly<Record<string, readonly string[]>>;
  /** The situations in which these were caught, by clause id. */
  readonly caughtIn?: Readonly<Record<string, CaughtIn>>;
  /** How strictly the gate judges; not at all strictly when absent. */
  readonly strictness?: Strictness;
  /** The whole catalogue, unless a test wants less. */
  readonly clauses?: readonly Clause[];
  /** The sections of these clauses, where they are others than the target's. */
  readonly sections?: readonly { readonly id: string; readonly title: string }[];
}

/**
 * Derives the result from raw outcomes: every clause of the catalogue with its verdict, whatever was
 * run. Pure: the same input gives the same result.
 */
export function deriveResult(input: Derivation): Result {
  const catalogued = input.clauses ?? wholeCatalogue;
  const byClause = Map.groupBy(withCharges(input.checks), (check) => check.clause);
  const judged = catalogued.map((clause) => judge(clause, byClause.get(clause.id) ?? [], input));
  const clauseResults = judged.map(({ result }) => result);
  const seen = pictured(input.checks);
  const contradicted = contradictions(clauseResults);
  const incomplete = joined(
    input.run.incomplete ?? incompleteness(catalogued, clauseResults, input),
    contradicted,
  );
  const disruptions = [
    ...(input.run.disruptions ?? []),
    ...contradicted.map((message): Disruption => ({ source: 'suite', message, times: 1 })),
  ];
  const problems = [
    ...(input.run.problems ?? []),
    ...unknownIds(byClause, catalogued),
    ...judged.flatMap(({ problem }) => problem ?? []),
    ...outdatedDeviations(clauseResults, input, incomplete),
  ];
  const result: Result = {
    schemaVersion,
    suite: input.suite,
    catalogue: {
      ...catalogue,
      sections: (input.sections ?? sections).map(({ id, title }) => ({ id, title })),
    },
    target: input.target,
    run: {
      ...input.run,
      ...(incomplete === undefined ? {} : { incomplete }),
      ...(problems.length === 0 ? {} : { problems }),
      ...(disruptions.length === 0 ? {} : { disruptions }),
    },
    summary: summarise(clauseResults),
    ...(seen === undefined ? {} : { seen }),
    clauses: clauseResults,
  };
  const profiles = profileVerdicts(result, catalogued);
  return {
    ...result,
    run: { ...result.run, gate: exitStatus(result, input.strictness) },
    ...(profiles.length === 0 ? {} : { profiles }),
    clauses: clauseResults,
  };
}

/** A result that contradicts itself decides nothing, whatever else it says. */
function joined(incomplete: string | undefined, contradicted: readonly string[]): string | undefined {
  const [first] = contradicted;
  if (first === undefined) return incomplete;
  const more = contradicted.length === 1 ? '' : ` (and ${contradicted.length - 1} more contradictions)`;
  const told = `A fault of the suite: ${first}${more}. Please report it.`;
  return incomplete === undefined ? told : `${told} ${incomplete}`;
}

function judge(
  clause: Clause,
  checks: readonly RawCheck[],
  input: Derivation,
): { result: ClauseResult; problem?: string } {
  const known = input.knownDeviations?.[clause.id];
  const { verdict, reason, cause, blame, problem } = clauseVerdict(clause, checks, {
    leftOut: input.leftOut?.has(clause.id) ?? false,
    ...(input.offers === undefined ? {} : { offers: input.offers }),
    ...(input.run.shard === undefined ? {} : { shard: input.run.shard }),
    ...(known === undefined ? {} : { known }),
  });
  const provenBy = input.proven?.[clause.id];
  const caughtIn = input.caughtIn?.[clause.id];
  const result: ClauseResult = {
    id: clause.id,
    section: clause.section,
    level: clause.level,
    basis: clause.basis,
    source: sourceUrl(clause.source),
    sourceTitle: documents[clause.source.document].title,
    ...(clause.source.note === undefined ? {} : { sourceNote: clause.source.note }),
    needs: clause.needs,
    duty: clause.duty,
    ...(clause.why === undefined ? {} : { why: clause.why }),
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(cause === undefined ? {} : { cause }),
    ...(blame === undefined ? {} : { blame }),
    ...(verdict === 'known-deviation' && known !== undefined ? { knownDeviation: known.reason } : {}),
    ...(provenBy === undefined ? {} : { provenBy }),
    ...(caughtIn === undefined ? {} : { caughtIn }),
    checks: checks.map(checkResult),
  };
  return problem === undefined ? { result } : { result, problem };
}

/** The pictures are made of what a target said; whatever that was, it costs no verdict. */
function pictured(checks: readonly RawCheck[]): Result['seen'] {
  try {
    return seenIn(checks);
  } catch {
    return undefined;
  }
}

/** A check as the result file keeps it; where its evidence goes is decided on writing. */
function checkResult(check: RawCheck): CheckResult {
  const { title, file, line, branch, outcome, reason, blockedBy, blame, observed, durationMs, evidence } =
    check;
  const { cause, findings, seenOnce, metBy, places } = check;
  const told = reason ?? (blockedBy === undefined ? undefined : `blocked by ${blockedBy}`);
  return {
    title,
    file,
    line,
    ...(branch === undefined ? {} : { branch }),
    outcome,
    ...(told === undefined ? {} : { reason: told }),
    ...(cause === undefined ? {} : { cause }),
    ...(blame === undefined ? {} : { blame }),
    ...(blockedBy === undefined ? {} : { blockedBy }),
    ...(findings === undefined ? {} : { findings }),
    ...(seenOnce === undefined ? {} : { seenOnce }),
    ...(metBy === undefined ? {} : { metBy }),
    ...(places === undefined ? {} : { places }),
    ...(observed === undefined ? {} : { observed }),
    durationMs,
    ...(evidence.length === 0 ? {} : { evidence }),
  };
}

/** Known deviations of clauses that hold now; only a whole run can tell. */
function outdatedDeviations(
  results: readonly ClauseResult[],
  { knownDeviations = {}, leftOut, run: { shard } }: Derivation,
  incomplete: string | undefined,
): string[] {
  return results.flatMap((clause) => {
    const known = knownDeviations[clause.id];
    if (known === undefined || !holdsThroughout(clause, { incomplete, shard, leftOut })) return [];
    return `${clause.id} is listed as a known deviation (“${known.reason}”) but no longer deviates: remove it from the list, or run again with --update-known-deviations.`;
  });
}

function unknownIds(byClause: ReadonlyMap<string, unknown>, catalogued: readonly Clause[]): string[] {
  const known = new Set(catalogued.map(({ id }) => id));
  return [...byClause.keys()]
    .filter((id) => !known.has(id))
    .map(
      (id) =>
        `A check names the clause ${id}, which the catalogue does not have: this is a fault of the suite.`,
    );
}
