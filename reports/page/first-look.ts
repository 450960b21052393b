import type { Basis } from '../../contract/clause.ts';
import type { ClauseResult, Result, Verdict } from '../../record/result.ts';
import { count } from './script/words.ts';

/** A clause that deserves the reader's first minute, and why. */
interface FirstLook {
  readonly clause: ClauseResult;
  readonly note?: string;
}

const most = 6;
const order: readonly Verdict[] = ['failed', 'warned', 'inconclusive'];
const bases: readonly Basis[] = ['stated', 'shown', 'derived'];

/** The first of them, and how many more there are. */
export interface FirstLooks {
  readonly looks: readonly FirstLook[];
  readonly more: number;
}

/**
 * What to look at first: broken requirements before open ones, causes before what they block, and what the
 * documentation states before what only follows from it, for that is easier to understand and to mend.
 */
export function firstLook(result: Result): FirstLooks {
  const blocked = blockedBy(result);
  const rank = (clause: ClauseResult): number => order.indexOf(clause.verdict);
  const weight = ({ id }: ClauseResult): number => blocked.get(id) ?? 0;
  const certainty = ({ basis }: ClauseResult): number => bases.indexOf(basis);
  const sorted = result.clauses
    .filter((clause) => isWorthALook(clause))
    .sort((a, b) => rank(a) - rank(b) || weight(b) - weight(a) || certainty(a) - certainty(b));
  const looks = sorted.slice(0, most).map((clause) => {
    const blocks = weight(clause);
    return blocks === 0
      ? { clause }
      : { clause, note: `${count(blocks, 'other check')} could not run because of this.` };
  });
  return { looks, more: sorted.length - looks.length };
}

/** What another clause blocks is no news; its cause is in the list already. */
function isWorthALook({ verdict, level, checks }: ClauseResult): boolean {
  if (verdict === 'failed' || verdict === 'warned') return true;
  return verdict === 'inconclusive' && level === 'MUST' && blocker(checks) === undefined;
}

function blockedBy({ clauses }: Result): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { verdict, checks } of clauses) {
    const id = verdict === 'inconclusive' ? blocker(checks) : undefined;
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + Math.max(1, blockedChecks(checks, id)));
  }
  return counts;
}

/** The checks of a clause that another one blocks. */
function blockedChecks(checks: ClauseResult['checks'], id: string): number {
  return checks.filter(({ blockedBy: by }) => by === id).length;
}

/** The clause whose breach alone keeps a clause open; undefined where something else does. */
function blocker(checks: ClauseResult['checks']): string | undefined {
  const open = checks.filter(
    ({ outcome }) => outcome === 'inconclusive' || outcome === 'unanswered' || outcome === 'error',
  );
  return open.every((check) => check.blockedBy !== undefined && check.blame === undefined)
    ? open[0]?.blockedBy
    : undefined;
}
