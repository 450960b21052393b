import type { ClauseId } from '../../contract/clauses.ts';
import type { CheckRecord } from '../check.ts';
import type { SuiteSession } from '../suite-session.ts';
import { causeText } from '../../record/cause.ts';
import type { Evidence, Remark } from '../../record/evidence.ts';
import type { Finding } from '../../record/outcome.ts';
import { tellNotice } from '../notices.ts';
import type { Replay } from '../../record/run-plan.ts';
import { readReplayToken } from '../replay.ts';

/** What a second run of a check needs. */
export interface Rerun {
  readonly world: SuiteSession;
  /** The clauses that the check decides: where it fails twice, breaches of them that others meet are no news. */
  readonly clauses: readonly string[];
  /** Milliseconds that the first run took. */
  readonly tookMs: number;
  /** Runs the body again, with a fresh check; a property repeats only the given case. */
  readonly again: (replay: Replay | undefined) => Promise<CheckRecord>;
}

/**
 * Runs a check once more that failed, or that met a breach of another clause which was not met before.
 * Seen twice it is a breach; seen once and not again it decides nothing, and both records are kept. A check
 * that searches by chance is run up to three times more, until something was seen twice. Where the second run
 * would take too long the first stands as it is.
 */
export async function confirmed(first: CheckRecord, rerun: Rerun): Promise<CheckRecord> {
  const { met } = rerun.world;
  const isNews = (record: CheckRecord): boolean => news(record, met).length > 0;
  if (first.outcome !== 'failed' && !isNews(first)) return remembered(first, met);
  const why = reasonNotToRunAgain(rerun);
  if (why !== undefined) {
    const note = remark(`Seen once. The check was not run again: ${why}.`);
    return remembered({ ...first, evidence: [...first.evidence, note] }, met, true);
  }
  // Whoever wants to see the run get ahead has to know that this may be a long wait.
  if (rerun.tookMs > noticedMs) tellNotice({ kind: 'patient', milliseconds: rerun.tookMs });
  const began = performance.now();
  const runs = [first, await rerun.again(replayIn(first.evidence))];
  const most = rerun.clauses.some((clause) => byChance.has(clause)) ? mostRuns : runs.length;
  while (runs.length < most && !isSettled(runs) && reasonNotToRunAgain(rerun) === undefined)
    runs.push(await rerun.again(undefined));
  const [, ...later] = runs;
  const [broken, brokenAgain] = later.filter(({ outcome }) => outcome === 'failed');
  // What passed in between was not made undecided by the first run.
  const passed = later.find(({ outcome }) => outcome === 'passed');
  const second = broken ?? passed ?? (later.at(-1) as CheckRecord);
  // Blocked at first, it came further then: what it found there has been seen once.
  const third =
    first.outcome !== 'failed' && second.outcome === 'failed'
      ? (brokenAgain ?? (await rerun.again(replayIn(second.evidence))))
      : undefined;
  rerun.world.rerunMs += performance.now() - began;
  const failed = [first, second, third].filter((one) => one?.outcome === 'failed');
  if (failed.length > 1) for (const clause of rerun.clauses) met.add(clause);
  if (third !== undefined && third !== brokenAgain) runs.push(third);
  const found = runs.map(({ findings = [] }) => findings);
  return together({ first, second, third, found }, met, rerun.world.target.clock.virtual);
}

/** The runs of a check that tell what it decides, and the breaches of other clauses that each of all its runs met. */
interface Runs {
  readonly first: CheckRecord;
  readonly second: CheckRecord;
  readonly third: CheckRecord | undefined;
  readonly found: readonly (readonly Finding[])[];
}

/** Whether a breach was seen twice, or something else came between, so that further runs tell nothing more. */
function isSettled(runs: readonly CheckRecord[]): boolean {
  const seen = runs.flatMap(({ outcome, findings = [] }) => [
    ...(outcome === 'failed' ? ['itself'] : []),
    ...new Set(findings.map(({ clause }) => clause)),
  ]);
  const undecided = runs.some(({ outcome }) => outcome !== 'failed' && outcome !== 'passed');
  return undecided || new Set(seen).size < seen.length;
}

function together({ first, second, third, found }: Runs, met: Set<string>, exact: boolean): CheckRecord {
  const record =
    third !== undefined
      ? combined(second, third, exact)
      : first.outcome === 'failed'
        ? combined(first, second, exact)
        : unlessAgain(first, second);
  const all = new Map(found.flat().map((finding) => [finding.clause, finding]));
  const findings = [...all.values()].map((finding) => {
    const times = found.filter((one) => one.some(({ clause }) => clause === finding.clause)).length;
    return { ...finding, again: times > 1 };
  });
  return remembered(findings.length === 0 ? record : { ...record, findings }, met);
}

/** What two runs of a check tell of which the first met a breach of another clause, and the second may have not. */
function unlessAgain(first: CheckRecord, second: CheckRecord): CheckRecord {
  const again = new Set(second.findings?.map(({ clause }) => clause));
  if (first.findings?.every(({ clause }) => again.has(clause)) !== false) return first;
  return {
    ...second,
    evidence: [
      remark(`The first run met: ${first.findings.map(({ reason }) => reason).join('; ')}`),
      ...first.evidence,
      remark('The check was run again, and that was not met again.'),
      ...second.evidence,
    ],
  };
}

/** Findings of which this process has not met the like. */
function news({ findings = [] }: CheckRecord, met: ReadonlySet<string>): readonly Finding[] {
  return findings.filter(({ clause }) => !met.has(clause));
}

/** A record whose findings say what was met before, and are known from now on. */
function remembered(record: CheckRecord, met: Set<string>, certain = false): CheckRecord {
  if (record.findings === undefined) return record;
  const findings = record.findings.map((one) => ({
    ...one,
    again: one.again || certain || met.has(one.clause),
  }));
  for (const { clause, again } of findings) if (again) met.add(clause);
  return { ...record, findings };
}

/**
 * What two runs of a check tell together, of which the first failed.
 *
 * @param exact on a virtual clock no noise can have made the first run fail. A second run that could not decide is
 *   then a consequence of the first one, which may have left the target full, and the failure stands.
 */
export function combined(first: CheckRecord, second: CheckRecord, exact = false): CheckRecord {
  const { reason = '' } = first;
  if (second.outcome === 'failed') {
    const again = remark(`The check was run again and failed again: ${second.reason ?? ''}`);
    return { ...first, reason: `${reason}${seenTwice}`, evidence: [...first.evidence, again] };
  }
  if (exact && second.outcome === 'inconclusive' && second.blame === undefined) {
    const open = remark(`The check was run again and could not decide: ${second.reason ?? ''}`);
    return { ...first, evidence: [...first.evidence, open] };
  }
  const passed = second.outcome === 'passed';
  const told = passed ? 'it passed' : `it could not decide: ${second.reason ?? second.outcome}`;
  return {
    ...second,
    outcome: 'inconclusive',
    seenOnce: true,
    reason: passed
      ? `seen once, not again: ${reason}`
      : `seen once; when it was run again ${told}: ${reason}`,
    evidence: [
      remark(`The first run failed: ${reason}`),
      ...first.evidence,
      remark(`The check was run again: ${told}.`),
      ...second.evidence,
    ],
  };
}

/** What the reason of a failure ends with that two runs showed. */
const seenTwice = ' (seen twice)';

/** What is met only where moments meet by chance: one more run that does not meet it tells little. */
const byChance: ReadonlySet<string> = new Set<ClauseId>(['cancel.race']);
/** Runs at most of a check that searches by chance, the first one included, before what was met is tried once more. */
const mostRuns = 4;

/** A second run of a check that took longer is not worth its time. */
const longestMs = 60_000;
/** Milliseconds that all second runs of one process may take. */
const allRerunsMs = 300_000;

const noticedMs = 5_000;

function reasonNotToRunAgain({ world, tookMs }: Rerun): string | undefined {
  if (tookMs > longestMs) return `that takes ${Math.round(tookMs / 1_000)} s`;
  if (world.rerunMs + tookMs > allRerunsMs)
    return `second runs have taken ${Math.round(world.rerunMs / 1_000)} s already`;
  const spent = world.target.manners?.spent();
  return spent === undefined ? undefined : causeText(spent);
}

/** The case that a property found, so that its second run repeats that one instead of searching. */
function replayIn(evidence: readonly Evidence[]): Replay | undefined {
  const token = evidence.find((one) => one.kind === 'counterexample')?.token;
  return token === undefined ? undefined : readReplayToken(token);
}

function remark(text: string): Remark {
  return { kind: 'remark', text };
}
