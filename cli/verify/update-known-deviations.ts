import { decidedThroughout, holdsThroughout, type Looked } from '../../reports/holds-throughout.ts';
import { writeOutput } from '../../harness/files.ts';
import type { ClauseResult, Result } from '../../record/result.ts';
import { hasExpired, readEntries, type KnownDeviationEntry } from './known-deviations.ts';
import { patternFor } from './reason-pattern.ts';

/** How long a newly written or renewed entry counts. */
const newEntryDays = 30;

/** What a run looked at, besides what its result tells. */
export interface SeenFailures {
  /** Ids that `--only` left out. */
  readonly leftOut?: ReadonlySet<string>;
  readonly now?: Date;
}

/**
 * Brings the file in line with what a run saw, for review: failed clauses are added, entries of clauses
 * that were seen to hold throughout are dropped, and entries that no longer fit what still fails are
 * changed. What the run could not tell stays. Gives lines that say what was done.
 */
export async function updateKnownDeviations(
  file: string | null,
  result: Result,
  { leftOut, now = new Date() }: SeenFailures = {},
): Promise<string[]> {
  if (file === null) throw new TypeError('No file of known deviations was given.');
  const looked: Looked = { ...result.run, leftOut };
  const entries = await readEntries(file, true);
  const clauses = new Map(result.clauses.map((clause) => [clause.id, clause]));
  const kept = entries.filter(({ clause: id }) => {
    const clause = clauses.get(id);
    return clause !== undefined && !holdsThroughout(clause, looked);
  });
  const fitting = kept.map((entry) => fitted(entry, clauses.get(entry.clause), looked, now));
  const listed = new Set(kept.map(({ clause }) => clause));
  const added = result.clauses
    .filter(({ id, verdict }) => verdict === 'failed' && !listed.has(id))
    .map(({ id, reason = 'failed' }) => ({
      clause: id,
      reason: `Not reviewed yet: ${reason}`,
      owner: 'unassigned',
      expires: newExpiry(now),
    }));
  await writeOutput(file, `${JSON.stringify([...fitting, ...added], null, 2)}\n`);
  const changed = fitting.filter((entry, index) => entry !== kept[index]).length;
  const counts = [
    `${added.length} added`,
    `${entries.length - kept.length} dropped`,
    `${changed} changed`,
    `${kept.length - changed} kept`,
  ];
  return [`${file}: ${counts.join(', ')}. Review it before you commit it.`];
}

/** The entry itself where it fits; otherwise with a pattern and a date that do, reason and owner kept. */
function fitted(
  entry: KnownDeviationEntry,
  clause: ClauseResult | undefined,
  looked: Looked,
  now: Date,
): KnownDeviationEntry {
  const broken = clause?.checks.filter(({ outcome }) => outcome === 'failed') ?? [];
  // A MAY is never judged, so that nothing of it needs to be excused.
  if (clause === undefined || broken.length === 0 || clause.level === 'MAY') return entry;
  const reasons = broken.map(({ reason = '' }) => reason);
  const pattern = fittingPattern(entry.pattern, reasons, decidedThroughout(clause, looked));
  const expired = hasExpired(entry, now);
  if (pattern === entry.pattern && !expired) return entry;
  return {
    ...entry,
    ...(expired ? { expires: newExpiry(now) } : {}),
    ...(pattern === undefined ? {} : { pattern }),
  };
}

/** The pattern, unless a reason does not match it. What it describes stays in it where that was met, or may be unseen. */
function fittingPattern(
  pattern: string | undefined,
  reasons: readonly string[],
  sawAll: boolean,
): string | undefined {
  if (pattern === undefined) return undefined;
  const described = new RegExp(pattern, 'u');
  const others = reasons.filter((reason) => !described.test(reason));
  if (others.length === 0) return pattern;
  return sawAll && others.length === reasons.length ? patternFor(others) : `${pattern}|${patternFor(others)}`;
}

function newExpiry(now: Date): string {
  return new Date(now.getTime() + newEntryDays * 86_400_000).toISOString().slice(0, 10);
}
