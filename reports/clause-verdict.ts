import type { Clause, Need } from '../contract/clause.ts';
import { lackingNeeds } from '../contract/needs.ts';
import { causeText, type Cause } from '../record/cause.ts';
import type { Blame, Outcome, RawCheck } from '../record/outcome.ts';
import type { Verdict } from '../record/result.ts';
import type { KnownDeviation } from '../record/run-meta.ts';

/** What besides its checks decides on a clause. */
export interface Circumstances {
  readonly leftOut: boolean;
  readonly offers?: readonly Need[];
  readonly shard?: string;
  readonly known?: KnownDeviation;
}

/** A verdict with its reason; `problem` fails the run besides. */
export interface ClauseJudgement {
  readonly verdict: Verdict;
  readonly reason?: string;
  /** For a clause without a check: why, of which kind. */
  readonly cause?: Cause;
  readonly blame?: Blame;
  readonly problem?: string;
}

/** The verdict on one clause: of several checks failed before inconclusive before passed. */
export function clauseVerdict(
  clause: Clause,
  checks: readonly RawCheck[],
  circumstances: Circumstances,
): ClauseJudgement {
  const plain = withoutDeviations(clause, checks, circumstances);
  const { known } = circumstances;
  if (known === undefined) return plain;
  return withKnownDeviation(clause.id, plain, brokenChecks(checks), known);
}

/** Outcomes of checks that ran, or should have, and decided nothing. */
const open: ReadonlySet<Outcome> = new Set<Outcome>(['inconclusive', 'unanswered', 'error']);

function withoutDeviations(
  clause: Clause,
  checks: readonly RawCheck[],
  circumstances: Circumstances,
): ClauseJudgement {
  if (checks.length === 0) {
    const cause = whyUnchecked(clause, circumstances);
    return { verdict: 'not-tested', reason: causeText(cause), cause };
  }
  const broken = clause.level === 'MAY' ? [] : brokenChecks(checks);
  if (broken.length > 0) {
    const partly = circumstances.leftOut ? `; its own checks were ${causeText({ kind: 'left-out' })}` : '';
    return {
      verdict: clause.level === 'MUST' ? 'failed' : 'warned',
      reason: `${foremost(broken)}${partly}`,
    };
  }
  const undecided = checks.filter(({ outcome }) => open.has(outcome));
  if (undecided.length > 0) return inconclusive(undecided);
  const untested = checks.filter(({ outcome }) => outcome === 'not-tested');
  const decided = checks.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed');
  if (decided.length === 0) return { verdict: 'not-tested', reason: foremost(untested) };
  const partly = untested.length === 0 ? undefined : branches(decided, untested);
  if (clause.level !== 'MAY') {
    return { verdict: 'passed', ...(partly === undefined ? {} : { reason: partly }) };
  }
  const seen = decided.flatMap((check) => observations(check));
  const told = seen.length === 0 ? 'The check ran; there is nothing to report.' : join(seen);
  return { verdict: 'observed', reason: partly === undefined ? told : `${told} (${partly})` };
}

/** A check that somebody outside kept from deciding says more than one that the target blocked. */
function inconclusive(undecided: readonly RawCheck[]): ClauseJudgement {
  const blamed = undecided.filter(({ blame }) => blame !== undefined);
  const [first] = blamed;
  if (first?.blame === undefined) return { verdict: 'inconclusive', reason: foremost(undecided) };
  return { verdict: 'inconclusive', reason: foremost(blamed), blame: first.blame };
}

function brokenChecks(checks: readonly RawCheck[]): RawCheck[] {
  return checks.filter(({ outcome }) => outcome === 'failed');
}

function whyUnchecked(clause: Clause, { leftOut, offers, shard }: Circumstances): Cause {
  if (leftOut) return { kind: 'left-out' };
  if (shard !== undefined) return { kind: 'other-shard', shard };
  return { kind: 'no-check', needs: lackingNeeds(clause.needs, offers) };
}

/** What a check of a MAY clause saw; one that expected something else tells that, and is not judged. */
function observations({ observed = [], outcome, branch, reason }: RawCheck): readonly string[] {
  const told =
    outcome === 'failed' ? [...observed, reason ?? 'something else than the check expected'] : observed;
  return branch === undefined ? told : told.map((one) => `[${branch}] ${one}`);
}

/** The shortest of the reasons, as the one that is read soonest, and how many more there are; the checks tell theirs. */
function foremost(checks: readonly RawCheck[]): string {
  const different = [...new Set(checks.map(because))].sort((a, b) => a.length - b.length);
  const [first = '', ...more] = different;
  if (more.length === 0) return first;
  return `${first} (and in ${more.length === 1 ? 'one more check' : `${more.length} more checks`})`;
}

function because(check: RawCheck): string {
  const { outcome, blockedBy, branch, blame } = check;
  // Such a reason begins with the culprit.
  if (blame !== undefined && check.reason !== undefined) return check.reason;
  // What blocks a clause says enough; how it did stands with the check.
  if (blockedBy !== undefined) return `blocked by ${blockedBy}`;
  const reason = check.reason ?? defaultReasons[outcome];
  const told = branch === undefined || reason.includes(branch) ? reason : `[${branch}] ${reason}`;
  if (outcome === 'error') return `error of the suite: ${told}`;
  if (outcome === 'unanswered') return `no usable answer: ${told}`;
  return told;
}

const defaultReasons = {
  passed: 'held',
  failed: 'the check found the clause broken and gave no reason',
  inconclusive: 'the check could not decide and gave no reason',
  'not-tested': 'the check did not run and gave no reason',
  unanswered: 'no usable answer came from the target',
  error: 'the check ended without telling why',
} as const;

function branches(decided: readonly RawCheck[], untested: readonly RawCheck[]): string {
  const name = ({ branch, title }: RawCheck): string => branch ?? title;
  const checked = join([...new Set(decided.map(name))], ', ');
  const not = join(
    untested.map((check) => `${name(check)} (${check.reason ?? defaultReasons['not-tested']})`),
  );
  return `checked: ${checked}; not checked: ${not}`;
}

/** Different texts in one line; the first few say enough, the checks tell the rest. */
function join(texts: readonly string[], separator = '; '): string {
  const different = [...new Set(texts)];
  const shown = different.slice(0, 3).join(separator);
  return different.length > 3 ? `${shown}${separator}and ${different.length - 3} more` : shown;
}

function withKnownDeviation(
  id: string,
  plain: ClauseJudgement,
  broken: readonly RawCheck[],
  known: KnownDeviation,
): ClauseJudgement {
  if (plain.verdict !== 'failed' && plain.verdict !== 'warned') return plain;
  const other = broken.find((check) => !isKnown(check, known));
  if (other !== undefined) {
    return {
      verdict: plain.verdict,
      reason: `${because(other)} (listed as a known deviation, but this does not match its pattern ${known.pattern ?? ''})`,
      problem: `${id} fails in another way than its known deviation describes: fix the target, or change the pattern ${known.pattern ?? ''}.`,
    };
  }
  return { verdict: 'known-deviation', reason: plain.reason ?? known.reason };
}

/** Every failure must match: a pattern that lets one through hides a second fault behind the first. */
function isKnown(check: RawCheck, { pattern }: KnownDeviation): boolean {
  return pattern === undefined || new RegExp(pattern, 'u').test(check.reason ?? '');
}
