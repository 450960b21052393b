import type { Need } from '../contract/clause.ts';
import { capabilities, reasonWithout } from '../contract/needs.ts';
import { causeInCommon, type Cause } from '../record/cause.ts';
import type { ClauseResult, Result } from '../record/result.ts';
import { isLeftOut } from './standing.ts';

/** A clause that is not tested, or only in part, with all causes; a reason of no known kind is a text. */
export interface Untested {
  readonly id: string;
  readonly causes: readonly (Cause | string)[];
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
  const lacking = untested.flatMap((clause) => gapsOf(clause).map((gap) => ({ gap, clause })));
  const several = new Set(untested.filter((clause) => gapsOf(clause).length > 1).map(({ id }) => id));
  return [...Map.groupBy(lacking, ({ gap }) => gap.says(false)).values()]
    .map((pairs) => {
      const those = pairs.map(({ clause }) => clause);
      const gap = pairs[0]?.gap as Gap;
      return {
        line: lineOf(gap, those, several),
        ...(gap.wayOut === undefined ? {} : { wayOut: gap.wayOut }),
        clauses: those.map(({ id }) => id),
      };
    })
    .sort((a, b) => b.clauses.length - a.clauses.length);
}

/** One thing that is missing: what one clause, or several, have in common that miss it, after "2 clauses". */
interface Gap {
  readonly says: (one: boolean) => string;
  readonly wayOut?: string;
}

/** What a clause misses, each once. */
function gapsOf({ causes }: Untested): Gap[] {
  const gaps = causes.flatMap((cause): Gap[] => {
    if (typeof cause === 'string')
      return [{ says: (one) => `${one ? 'was' : 'were'} not tested: ${cause.replace(/\.$/, '')}` }];
    if (cause.kind !== 'lacks') return [{ says: (one) => causeInCommon(cause, one) }];
    return cause.needs.map(needGap);
  });
  return [...new Map(gaps.map((gap) => [gap.says(false), gap])).values()];
}

function needGap(need: string): Gap {
  const reason = reasonWithout(need as Need);
  const says = (one: boolean): string => (one ? reason : reason.replace('needs', 'need'));
  return Object.hasOwn(capabilities, need) ? { says, wayOut: capabilities[need as Need].wayOut } : { says };
}

function lineOf(gap: Gap, those: readonly Untested[], several: ReadonlySet<string>): string {
  const one = those.length === 1;
  const clauses = one ? '1 clause' : `${those.length} clauses`;
  const notes = [
    noteOf(those.filter(({ partly }) => partly).length, those.length, 'only in part'),
    noteOf(those.filter(({ id }) => several.has(id)).length, those.length, 'along with something else'),
  ].flatMap((note) => note ?? []);
  return `${clauses} ${gap.says(one)}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}.`;
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
      const causes = causesOf(clause);
      return causes.length === 0 ? [] : [{ id: clause.id, causes, partly: clause.verdict !== 'not-tested' }];
    }),
  );
}

/** All causes, of every check: the reason of the clause quotes only the shortest. */
function causesOf({ verdict, cause, reason, checks }: ClauseResult): (Cause | string)[] {
  const told = checks.flatMap((check) =>
    check.outcome === 'not-tested' ? (check.cause ?? check.reason ?? []) : [],
  );
  if (checks.length === 0 && verdict === 'not-tested') told.push(cause ?? reason ?? 'no reason was given');
  return told;
}
