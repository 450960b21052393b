import type { Level } from '../contract/clause.ts';
import type { ClauseResult, Result, Verdict } from '../record/result.ts';

/**
 * What became of a clause from the first result to the last. Of one target a clause is newly broken, too, where
 * it was broken at first, was found to hold, and is broken again.
 */
export type VerdictChange =
  | 'newly-broken'
  | 'newly-fixed'
  | 'newly-open'
  | 'newly-decided'
  | 'other-observation'
  | 'other-wording'
  | 'added'
  | 'removed';

/** One result of a comparison. */
interface ComparedRun {
  readonly name: string;
  readonly target: Result['target'];
  readonly suite: Result['suite'];
  readonly catalogue?: Result['catalogue'];
  readonly startedAt: string;
  readonly summary: Result['summary'];
  readonly incomplete?: string;
}

/** One clause across the results; a cell is absent where a result does not know the clause. */
export interface ComparedClause {
  readonly id: string;
  readonly section: string;
  readonly level: Level;
  readonly duty: string;
  /** Address of the source, with anchor. */
  readonly source?: string;
  readonly cells: readonly (ComparedCell | undefined)[];
  readonly change?: VerdictChange;
}

/** What one result says of a clause. */
export interface ComparedCell {
  readonly verdict: Verdict;
  readonly reason?: string;
}

/** Several results side by side, and what changed from the first to the last. */
export interface ResultComparison {
  readonly runs: readonly ComparedRun[];
  /** Whether all are of one target: then a change is news about it, else a difference between targets. */
  readonly sameTarget: boolean;
  readonly clauses: readonly ComparedClause[];
}

/** A result with the name under which it is shown. */
export interface NamedResult {
  readonly name: string;
  readonly result: Result;
}

/** Puts results side by side, in the order given; two or more. */
export function compareResults(results: readonly NamedResult[]): ResultComparison {
  const byId = results.map(({ result }) => new Map(result.clauses.map((clause) => [clause.id, clause])));
  const ids = [...new Set(results.flatMap(({ result }) => result.clauses.map(({ id }) => id)))];
  const sameTarget =
    new Set(results.map(({ result }) => `${result.target.kind} ${result.target.name} ${result.target.url}`))
      .size === 1;
  const clauses = ids.map((id) =>
    comparedClause(
      id,
      byId.map((clauses) => clauses.get(id)),
      sameTarget,
    ),
  );
  return {
    runs: results.map(comparedRun),
    sameTarget,
    clauses,
  };
}

function comparedRun({ name, result }: NamedResult): ComparedRun {
  const { target, suite, catalogue, run, summary } = result;
  return {
    name,
    target,
    suite,
    ...(catalogue === undefined ? {} : { catalogue }),
    startedAt: run.startedAt,
    summary,
    ...(run.incomplete === undefined ? {} : { incomplete: run.incomplete }),
  };
}

function comparedClause(
  id: string,
  found: readonly (ClauseResult | undefined)[],
  sameTarget: boolean,
): ComparedClause {
  // The newest wording of a clause is the one to show.
  const latest = found.findLast((clause) => clause !== undefined);
  const change = sameTarget && brokeAgain(found) ? 'newly-broken' : changeOf(found[0], found.at(-1));
  return {
    id,
    section: latest?.section ?? '',
    level: latest?.level ?? 'MUST',
    ...(latest === undefined ? {} : { source: latest.source }),
    duty: latest?.duty ?? '',
    cells: found.map((clause) =>
      clause === undefined
        ? undefined
        : { verdict: clause.verdict, ...(clause.reason === undefined ? {} : { reason: clause.reason }) },
    ),
    ...(change === undefined ? {} : { change }),
  };
}

const broken: ReadonlySet<Verdict> = new Set<Verdict>(['failed', 'warned', 'known-deviation']);
const open: ReadonlySet<Verdict> = new Set<Verdict>(['inconclusive', 'not-tested']);

/** Whether the last result breaks what the last one before it that decided the clause found to hold. */
function brokeAgain(found: readonly (ComparedCell | undefined)[]): boolean {
  const before = found.slice(0, -1).findLast((one) => one !== undefined && !open.has(one.verdict));
  return before !== undefined && changeOf(before, found.at(-1)) === 'newly-broken';
}

/** The cell with which the last one is to be compared: for what broke the last that held, else the first. */
export function cellBefore({ cells, change }: ComparedClause): ComparedCell | undefined {
  const held = cells
    .slice(0, -1)
    .findLast((one) => one !== undefined && !open.has(one.verdict) && !broken.has(one.verdict));
  return change === 'newly-broken' && held !== undefined ? held : cells[0];
}

/** Whether a clause that is the same in the first and the last result is another in one between them. */
export function changedBetween({ cells, change }: ComparedClause): boolean {
  if (change !== undefined || cells[0]?.verdict !== cells.at(-1)?.verdict) return false;
  return cells.some((cell) => cell?.verdict !== cells[0]?.verdict || changeOf(cells[0], cell) !== undefined);
}

/** Whether a clause was broken before and is broken in the last result. */
export function isStillBroken({ cells, change }: ComparedClause): boolean {
  const last = cells.at(-1);
  return last !== undefined && broken.has(last.verdict) && change !== 'newly-broken' && change !== 'added';
}

function changeOf(
  first: ComparedCell | undefined,
  last: ComparedCell | undefined,
): VerdictChange | undefined {
  if (first === undefined || last === undefined) {
    if (first === last) return undefined;
    return first === undefined ? 'added' : 'removed';
  }
  const [was, is] = [first.verdict, last.verdict];
  if (broken.has(is) && (!broken.has(was) || (is === 'failed' && was === 'known-deviation')))
    return 'newly-broken';
  if (broken.has(was) && !broken.has(is)) return open.has(is) ? 'newly-open' : 'newly-fixed';
  if (open.has(is) !== open.has(was)) return open.has(is) ? 'newly-open' : 'newly-decided';
  if (wording(first.reason) === wording(last.reason)) return undefined;
  if (is === 'observed') return 'other-observation';
  return broken.has(is) ? 'other-wording' : undefined;
}

/** A reason without what differs from run to run anyway: ids, moments, ports, durations. */
export function wording(reason = ''): string {
  return reason
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '{id}')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, '{time}')
    .replaceAll(/(?:127\.0\.0\.1|localhost):\d+/g, '{host}')
    .replaceAll(/\d+(?:\.\d+)? ?(?:ms|s|min)\b/g, '{duration}');
}
