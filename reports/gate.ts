import type { Strictness } from '../record/run-meta.ts';
import type { ClauseResult, Gate, Result } from '../record/result.ts';
import { listed } from './listed.ts';
import { namedProfile, profilesOf, type ProfileResult } from './profiles.ts';
import { isLeftOut, mustsOf, standing } from './standing.ts';
import { count } from './page/script/words.ts';
import { unlocks } from './unlock.ts';

/** The exit status of `verify` with its reasons. */
export type ExitStatus = Gate & { readonly status: 0 | 1 | 3 };

/**
 * The exit status of `verify` and why: 1 when something judged is broken or there is a problem such as a
 * known deviation that no longer deviates, else 3 when the run is incomplete, else 1 when strictness wants
 * more decided than was, else 0, with a reason only where no required clause was decided. Wrong usage (2) never gets as far as a result. All reasons are given, also
 * those that do not decide the status.
 */
export function exitStatus(result: Result, strictness: Strictness = {}): ExitStatus {
  const { run } = result;
  const { broken } = mustsOf(result);
  const problems = run.problems ?? [];
  const wanted = [...strictReasons(result, strictness), ...requireReasons(result, strictness)];
  const reasons = [
    ...brokenReason(broken, result),
    ...problems.map((problem) => `Problem: ${problem}`),
    ...(run.incomplete === undefined ? [] : [incompleteReason(run.incomplete)]),
    ...wanted,
  ];
  const status = statusOf(broken.length + problems.length, run.incomplete !== undefined, wanted.length);
  const why = status === 0 ? undecidedReason(result, strictness) : reasons;
  return { status, failed: status !== 0, why };
}

/**
 * Why the run fails although no clause shows it: `--strict`, `--require`, a known deviation, an incomplete run.
 * Undefined where it does not fail, or where broken clauses are failures of their own.
 */
export function hiddenFailure(result: Result): Gate | undefined {
  const { run, summary } = result;
  const gate = run.gate ?? exitStatus(result);
  const hidden = gate.failed && (summary.failed === 0 || (run.problems ?? []).length > 0);
  return hidden ? gate : undefined;
}

/** Why a run without a verdict does not fail; nothing where a required clause was decided. */
function undecidedReason(result: Result, { strict = false }: Strictness): string[] {
  if (standing(result) !== 'undecided') return [];
  const fails = !strict && !isOfRecord(result) && strictReasons(result, { strict: true }).length > 0;
  return [
    `Nothing is broken, and no required clause was decided.${fails ? ' Use --strict to fail such a run.' : ''}`,
  ];
}

function statusOf(faults: number, incomplete: boolean, wanted: number): 0 | 1 | 3 {
  if (faults > 0) return 1;
  if (incomplete) return 3;
  return wanted > 0 ? 1 : 0;
}

function brokenReason(broken: readonly ClauseResult[], result: Result): string[] {
  if (broken.length === 0) return [];
  return [`Broken: ${count(broken.length, 'required clause')}, ${listed(broken)}. ${fixOf(broken, result)}`];
}

/** Whether a record was judged, by a command that has none of the options of a run against a target. */
function isOfRecord({ target: { kind } }: Result): boolean {
  return kind === 'client' || kind === 'traffic';
}

function fixOf(broken: readonly ClauseResult[], result: Result): string {
  if (!isOfRecord(result)) return 'Fix the target, or list what is agreed on with --known-deviations.';
  const ofClient = broken.filter(({ section }) => section.startsWith('client-')).length;
  const whose = ofClient === 0 ? 'target' : ofClient === broken.length ? 'client' : 'client and the target';
  return `Fix the ${whose}; the report shows the exchanges of each breach.`;
}

function incompleteReason(incomplete: string): string {
  return `Incomplete: ${incomplete}${/[.!?]$/.test(incomplete) ? '' : '.'} Remove the cause and run it again.`;
}

function strictReasons(result: Result, { strict = false }: Strictness): string[] {
  if (!strict) return [];
  const { undecided, untested } = mustsOf(result);
  // What the suite cannot check yet is no gap of the target, and nothing that its owner could close.
  const gaps = untested.filter(({ checks }) => checks.length > 0);
  const open = [...undecided, ...gaps];
  if (open.length === 0) return [];
  const [was, counts] = [open.length === 1 ? 'was' : 'were', split(undecided.length, gaps.length)];
  return [
    `--strict: ${count(open.length, 'required clause')} ${was} not decided${counts}: ${listed(open)}. ${wayOut(undecided, gaps)}, or leave --strict out.`,
  ];
}

function split(undecided: number, untested: number): string {
  return undecided === 0 || untested === 0 ? '' : ` (${undecided} inconclusive, ${untested} not tested)`;
}

/** What to do so that open clauses get decided: the first ways to unlock some, or to look at the checks. */
function wayOut(undecided: readonly ClauseResult[], untested: readonly ClauseResult[]): string {
  const ways = [...new Set(unlocks(untested).flatMap(({ wayOut: way }) => way ?? []))].slice(0, 3);
  const look = undecided.length > 0 ? ['see in the report why their checks could not decide'] : [];
  const told = [...ways, ...look].join('; ');
  return told === ''
    ? 'See in the report why'
    : `To decide ${undecided.length + untested.length === 1 ? 'it' : 'them'}: ${told}`;
}

function requireReasons(result: Result, { require = [] }: Strictness): string[] {
  return require.flatMap((name) => {
    const profile = namedProfile(name);
    if (profile === undefined) return sectionReason(result, name);
    const found = profilesOf(result).find((one) => one.name === profile.name);
    if (found === undefined || found.verdict === 'conformant') return [];
    // What a shard does not hold is judged when all are joined.
    if (found.verdict !== 'not-conformant' && result.run.shard !== undefined) return [];
    return [profileReason(result, name, found)];
  });
}

function sectionReason(result: Result, section: string): string[] {
  const open = result.clauses.filter(
    (clause) =>
      clause.section === section &&
      clause.verdict === 'not-tested' &&
      !(result.run.shard !== undefined && isLeftOut(clause, result)),
  );
  if (open.length === 0) return [];
  const was = open.length === 1 ? 'was' : 'were';
  return [
    `--require ${section}: ${count(open.length, 'clause')} of this section ${was} not tested: ${listed(open)}. ${wayOut([], open)}, or leave --require ${section} out.`,
  ];
}

function profileReason(result: Result, name: string, { musts, verdict, clauses }: ProfileResult): string {
  const wanted = new Set(clauses);
  const of = mustsOf(result);
  const inIt = (some: readonly ClauseResult[]): ClauseResult[] => some.filter(({ id }) => wanted.has(id));
  const broken = inIt([...of.broken, ...of.known]);
  if (verdict === 'not-conformant') {
    return `--require ${name}: ${musts.broken} of its required clauses ${musts.broken === 1 ? 'is' : 'are'} broken: ${listed(broken)}. Fix the target, or leave --require ${name} out.`;
  }
  const [undecided, untested] = [inIt(of.undecided), inIt([...of.untested, ...of.leftOut])];
  const open = [...undecided, ...untested];
  return `--require ${name}: ${open.length} of its required clauses ${open.length === 1 ? 'was' : 'were'} not decided${split(undecided.length, untested.length)}: ${listed(open)}. ${wayOut(undecided, untested)}, or leave --require ${name} out.`;
}
