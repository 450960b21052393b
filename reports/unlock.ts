import type { Need } from '../contract/clause.ts';
import { capabilities, needsNamed } from '../contract/needs.ts';
import { needsHeld } from './charges.ts';
import type { ClauseResult, Result } from '../record/result.ts';
import { isLeftOut } from './standing.ts';

/** A clause that is not tested, or only in part, with all reasons. */
export interface Untested {
  readonly id: string;
  readonly reasons: readonly string[];
  /** Some of its checks were run. */
  readonly partly: boolean;
}

/** What keeps clauses from being tested, and what would unlock them. */
export interface Unlock {
  /** In one sentence, e.g. "7 clauses need events: set `target.events`." */
  readonly line: string;
  /** What to do, where that is known; without a full stop. */
  readonly wayOut?: string;
  /** Ids, in catalogue order. */
  readonly clauses: readonly string[];
}

/**
 * Groups what was not tested by what is missing: the plan, the terminal and the page show these groups.
 * A clause that lacks two things is in two groups. The largest group comes first.
 */
export function groupUntested(untested: readonly Untested[]): Unlock[] {
  const lacking = untested.flatMap((clause) => causesOf(clause).map((cause) => ({ cause, clause })));
  const several = new Set(untested.filter((clause) => causesOf(clause).length > 1).map(({ id }) => id));
  return [...Map.groupBy(lacking, ({ cause }) => cause)]
    .map(([cause, pairs]) => {
      const those = pairs.map(({ clause }) => clause);
      const way = capabilities[cause as Need] as { wayOut: string } | undefined;
      return {
        line: lineOf(cause, those, several),
        ...(way === undefined ? {} : { wayOut: way.wayOut }),
        clauses: those.map(({ id }) => id),
      };
    })
    .sort((a, b) => b.clauses.length - a.clauses.length);
}

/** The needs that are not met, or the reasons that name none. */
function causesOf({ reasons }: Untested): string[] {
  return [
    ...new Set(
      reasons.flatMap((reason): string[] => {
        const needs = needsNamed(reason);
        return needs.length === 0 ? [reason] : needs;
      }),
    ),
  ];
}

function lineOf(cause: string, those: readonly Untested[], several: ReadonlySet<string>): string {
  const one = those.length === 1;
  const clauses = one ? '1 clause' : `${those.length} clauses`;
  const capability = capabilities[cause as Need] as (typeof capabilities)[Need] | undefined;
  const notes = [
    noteOf(those.filter(({ partly }) => partly).length, those.length, 'only in part'),
    noteOf(those.filter(({ id }) => several.has(id)).length, those.length, 'along with something else'),
  ].flatMap((note) => note ?? []);
  const noted = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
  if (capability !== undefined)
    return `${clauses} ${one ? 'needs' : 'need'} ${capability.name}: ${capability.wayOut}${noted}.`;
  if (cause.startsWith('no check exists yet'))
    return `${clauses} ${one ? 'has' : 'have'} ${cause.replace('no check exists yet', 'no check yet')}${noted}.`;
  if (cause.startsWith('needs '))
    return `${clauses} ${one ? cause : cause.replace('needs', 'need')}${noted}.`;
  return `${clauses} ${one ? 'was' : 'were'} not tested: ${cause.replace(/\.$/, '')}${noted}.`;
}

function noteOf(number: number, all: number, text: string): string | undefined {
  if (number === 0) return undefined;
  return number === all ? text : `${number} of them ${text}`;
}

/** What would unlock more of a result; what was left out by wish is not in it. */
export function unlocksIn(result: Result): Unlock[] {
  return unlocks(result.clauses.filter((clause) => !isLeftOut(clause, result)));
}

/** What would unlock these clauses, where they are not wholly tested. */
export function unlocks(clauses: readonly ClauseResult[]): Unlock[] {
  return groupUntested(
    clauses.flatMap((clause) => {
      const reasons = reasonsOf(clause);
      return reasons.length === 0
        ? []
        : [{ id: clause.id, reasons, partly: clause.verdict !== 'not-tested' }];
    }),
  );
}

/** All reasons, of every check: that of the clause quotes only the shortest. */
function reasonsOf({ verdict, reason, checks }: ClauseResult): string[] {
  const told = checks.flatMap(({ outcome, blockedBy, reason: why = [] }) =>
    outcome !== 'not-tested' ? [] : blockedBy === undefined ? why : needsHeld(blockedBy),
  );
  if (checks.length === 0 && verdict === 'not-tested') told.push(reason ?? 'no reason was given');
  return [...new Set(told)];
}
