import type { NamedSection, Result, Verdict } from '../record/result.ts';

/** What history keeps of one result: small enough that a thousand of them are read at once. */
export interface HistoryRun {
  /** Name of the result file, relative to the folder. */
  readonly file: string;
  /** Kind, name and address of the target, which tell targets apart. */
  readonly target: string;
  readonly targetName: string;
  readonly startedAt: string;
  readonly durationMs: number;
  /** Versions of suite and catalogue: while they stay the same, a changed verdict is the target's doing or chance. */
  readonly version: string;
  readonly incomplete: boolean;
  /** How the result calls its sections. */
  readonly sections?: readonly NamedSection[];
  /** Verdict of each clause, as a letter, by id. */
  readonly verdicts: Readonly<Record<string, string>>;
}

const letters: Readonly<Record<Verdict, string>> = {
  passed: 'p',
  failed: 'f',
  warned: 'w',
  inconclusive: 'i',
  'not-tested': 'n',
  observed: 'o',
  'known-deviation': 'k',
};
const byLetter = new Map(Object.entries(letters).map(([verdict, letter]) => [letter, verdict as Verdict]));

/** What history keeps of a result. */
export function historyEntry(file: string, result: Result): HistoryRun {
  const { target, run, suite, catalogue, clauses } = result;
  return {
    file,
    target: `${target.kind} ${target.name} ${target.url}`,
    targetName: target.name,
    startedAt: run.startedAt,
    durationMs: run.durationMs,
    version: `${suite.version}, catalogue ${catalogue?.version ?? 'unknown'}`,
    incomplete: run.incomplete !== undefined,
    ...(catalogue?.sections === undefined ? {} : { sections: catalogue.sections }),
    verdicts: Object.fromEntries(clauses.map(({ id, verdict }) => [id, letters[verdict]])),
  };
}

/** How often each verdict was given in one run of one section. */
export type SectionPoint = Readonly<Partial<Record<Verdict, number>>>;

/** A clause whose verdict changed although no version did. */
interface Flaky {
  readonly id: string;
  /** How often its verdict turned from broken to held or back. */
  readonly turns: number;
  readonly lastTurn: string;
  /** Its verdicts from the oldest run to the newest. */
  readonly verdicts: readonly (Verdict | undefined)[];
}

/** A clause that is broken in the newest run. */
interface BrokenSince {
  readonly id: string;
  readonly verdict: Verdict;
  /** The run in which it broke and stayed broken; `lastGood` is the one before, when there is one. */
  readonly since: string;
  readonly lastGood?: string;
  readonly runs: number;
}

/** The history of one target. */
export interface TargetHistory {
  readonly target: string;
  readonly name: string;
  /** From the oldest to the newest. */
  readonly runs: readonly HistoryRun[];
  /** By section, a point for each run. */
  readonly sections: readonly { readonly section: string; readonly points: readonly SectionPoint[] }[];
  readonly flaky: readonly Flaky[];
  readonly broken: readonly BrokenSince[];
}

/** Turns results into the history of each target, the one with the newest run first. */
export function history(entries: readonly HistoryRun[]): TargetHistory[] {
  const targets = [...Map.groupBy(entries, ({ target }) => target)].map(([target, found]) => {
    const runs = found.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
    const ids = [...new Set(runs.flatMap(({ verdicts }) => Object.keys(verdicts)))];
    return {
      target,
      name: runs.at(-1)?.targetName ?? target,
      runs,
      sections: trends(runs, ids),
      flaky: ids.flatMap((id) => flaky(id, runs) ?? []).sort((a, b) => b.turns - a.turns),
      broken: ids.flatMap((id) => brokenSince(id, runs) ?? []).sort((a, b) => a.since.localeCompare(b.since)),
    };
  });
  return targets.sort((a, b) =>
    (b.runs.at(-1)?.startedAt ?? '').localeCompare(a.runs.at(-1)?.startedAt ?? ''),
  );
}

function verdictIn(run: HistoryRun, id: string): Verdict | undefined {
  return byLetter.get(run.verdicts[id] ?? '');
}

function trends(runs: readonly HistoryRun[], ids: readonly string[]): TargetHistory['sections'] {
  return [...Map.groupBy(ids, (id) => id.split('.', 1)[0] ?? '')].map(([section, of]) => ({
    section,
    points: runs.map((run) => {
      const counts: Partial<Record<Verdict, number>> = {};
      for (const id of of) {
        const verdict = verdictIn(run, id);
        if (verdict !== undefined) counts[verdict] = (counts[verdict] ?? 0) + 1;
      }
      return counts;
    }),
  }));
}

const broken: ReadonlySet<Verdict | undefined> = new Set<Verdict | undefined>([
  'failed',
  'warned',
  'known-deviation',
]);
const decided: ReadonlySet<Verdict | undefined> = new Set<Verdict | undefined>([
  ...broken,
  'passed',
  'observed',
]);

/**
 * Two turns at least: a clause that broke once and stayed broken is no flaky one. Turns across a
 * change of version do not count.
 */
function flaky(id: string, runs: readonly HistoryRun[]): Flaky | undefined {
  let before: { verdict: Verdict | undefined; version: string } | undefined;
  let turns = 0;
  let lastTurn = '';
  for (const run of runs) {
    const verdict = verdictIn(run, id);
    if (!decided.has(verdict)) continue;
    if (before?.version === run.version && broken.has(before.verdict) !== broken.has(verdict)) {
      turns += 1;
      lastTurn = run.startedAt;
    }
    before = { verdict, version: run.version };
  }
  if (turns < 2) return undefined;
  return { id, turns, lastTurn, verdicts: runs.map((run) => verdictIn(run, id)) };
}

function brokenSince(id: string, runs: readonly HistoryRun[]): BrokenSince | undefined {
  const told = runs.filter((run) => decided.has(verdictIn(run, id)));
  const newest = told.at(-1);
  if (newest === undefined || newest !== runs.findLast((run) => id in run.verdicts)) return undefined;
  const verdict = verdictIn(newest, id);
  if (verdict === undefined || !broken.has(verdict)) return undefined;
  const lastGood = told.findLastIndex((run) => !broken.has(verdictIn(run, id)));
  const streak = told.slice(lastGood + 1);
  const good = told[lastGood]?.startedAt;
  return {
    id,
    verdict,
    since: streak[0]?.startedAt ?? newest.startedAt,
    ...(good === undefined ? {} : { lastGood: good }),
    runs: streak.length,
  };
}
