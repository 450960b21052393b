import type { ClauseResult, Result, Verdict } from '../record/result.ts';

/**
 * How a whole run ended, as the verdict sentence, the page, the badge and the terminal tell it. The first
 * that applies, in this order.
 */
export type Standing =
  /** A required clause is broken. */
  | 'broken'
  /** Nothing is broken, but something else fails the run, such as an outdated known deviation. */
  | 'problem'
  /** The run did not end as planned, or something other than the target kept required clauses open. */
  | 'incomplete'
  /** No required clause was decided. */
  | 'undecided'
  /** Nothing is broken in the part of the catalogue that the run was asked for. */
  | 'partial'
  /** Nothing is broken, but some required clauses could not be decided. */
  | 'open'
  /** Nothing is broken but what the list of known deviations excuses. */
  | 'known'
  /** Nothing is broken; the target does not offer everything. */
  | 'not-broken'
  /** Every required clause was decided and holds. */
  | 'conformant';

/** The required clauses of a result by what became of them. */
export interface Musts {
  readonly all: readonly ClauseResult[];
  readonly broken: readonly ClauseResult[];
  readonly held: readonly ClauseResult[];
  readonly known: readonly ClauseResult[];
  readonly undecided: readonly ClauseResult[];
  readonly untested: readonly ClauseResult[];
  /** Neither selected by `--only` nor in this shard. */
  readonly leftOut: readonly ClauseResult[];
}

/** Sorts the required clauses of a result. */
export function mustsOf(result: Result): Musts {
  const all = result.clauses.filter(({ level }) => level === 'MUST');
  const of = (verdict: Verdict): ClauseResult[] => all.filter((clause) => clause.verdict === verdict);
  const untested = of('not-tested');
  return {
    all,
    broken: of('failed'),
    held: of('passed'),
    known: of('known-deviation'),
    undecided: of('inconclusive'),
    untested: untested.filter((clause) => !isLeftOut(clause, result)),
    leftOut: untested.filter((clause) => isLeftOut(clause, result)),
  };
}

/** Tells clauses that the run was not asked for from those that the target does not offer. */
export function isLeftOut(
  { verdict, cause, checks }: Pick<ClauseResult, 'verdict' | 'cause' | 'checks'>,
  { run }: Pick<Result, 'run'>,
): boolean {
  if (verdict !== 'not-tested') return false;
  return cause?.kind === 'left-out' || (run.shard !== undefined && checks.length === 0);
}

/** Classifies a result. */
export function standing(result: Result): Standing {
  const { broken, held, known, undecided, untested, leftOut } = mustsOf(result);
  const { run } = result;
  if (broken.length > 0) return 'broken';
  if ((run.problems ?? []).length > 0) return 'problem';
  if (run.incomplete !== undefined) return 'incomplete';
  if (held.length + known.length === 0) return 'undecided';
  if (isPartial(result) || leftOut.length > 0) return 'partial';
  if (undecided.length > 0) return 'open';
  if (known.length > 0) return 'known';
  return untested.length > 0 ? 'not-broken' : 'conformant';
}

/** Detects a run that was asked for a part of the catalogue only: `--only`, `--last-failed`, a replay, a shard. */
export function isPartial({ run, clauses }: Result): boolean {
  if ((run.only ?? []).length > 0 || run.shard !== undefined) return true;
  return clauses.some(({ cause }) => cause?.kind === 'left-out');
}

/** How a standing looks, wherever it is shown. */
export interface Mark {
  /** `bad` red, `open` grey, `neutral` blue, `good` green. */
  readonly tone: 'bad' | 'open' | 'neutral' | 'good';
  /** Readable without colour. */
  readonly symbol: string;
}

const bad: Mark = { tone: 'bad', symbol: '✕' };
const open: Mark = { tone: 'open', symbol: '?' };
const neutral = (symbol: string): Mark => ({ tone: 'neutral', symbol });
const good: Mark = { tone: 'good', symbol: '✓' };

/** The mark of each standing: green only where nothing was left out, excused or left undecided. */
export const marks: Readonly<Record<Standing, Mark>> = {
  broken: bad,
  problem: bad,
  incomplete: open,
  undecided: open,
  partial: neutral('◐'),
  open: neutral('?'),
  known: neutral('≠'),
  'not-broken': good,
  conformant: good,
};
