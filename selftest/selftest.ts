import { availableParallelism } from 'node:os';
import { listDeviations, loadDeviation } from '../simulator/deviations.ts';
import { killMatrix, type KillMatrix } from './matrix.ts';
import { Pool } from './pool.ts';
import type { RawCheck } from '../record/outcome.ts';
import type { CaughtIn } from '../record/caught-in.ts';
import { caughtIn, situationsOf, type CaughtSituation } from './situations.ts';
import { judgeTrial, type DeviationFacts, type Trial } from './trial.ts';
import { trialParts, type TrialOptions, type TrialRun } from './work.ts';

/** How a self-test is run. */
export interface SelfTestOptions {
  /** `name version` of the suite, for the record. */
  readonly suite: string;
  /** Only deviations whose name starts with one of these; all of them where absent. */
  readonly only?: readonly string[];
  readonly seed?: number;
  /** Cases of each property in a trial; few, since there are many trials. */
  readonly runs?: number;
  readonly threads?: number;
  /** Whether each trial runs also the checks in which its deviation would never have decided otherwise. */
  readonly allChecks?: boolean;
  /** Tries each deviation on the checks of its clause and those that look at operations whole alone. */
  readonly narrowly?: boolean;
  /**
   * Whether narrow trials run the checks that look at operations whole, too, where the clause's own catch the deviation:
   * these tell of more situations, and take ten times as long.
   */
  readonly wholly?: boolean;
  /** Told of each trial as it ends. */
  readonly progress?: (done: number, total: number, trial: Trial | undefined) => void;
}

/**
 * Runs the suite against the plain simulator and against every deviation, and derives the kill matrix. A trial leaves
 * out the checks in which its deviation would never have decided otherwise, and a narrow one is made in parts until one
 * catches it; what survives is tried again with all.
 */
export async function selfTest(options: SelfTestOptions): Promise<KillMatrix> {
  const began = performance.now();
  const facts = await deviationFacts(options.only);
  // One more than the cores: with some deviations checks wait for what never comes.
  const threads = options.threads ?? availableParallelism() + 1;
  const common = { seed: options.seed ?? 1, runs: options.runs ?? 12 };
  const total = facts.length + 1;
  const watched =
    options.allChecks === true ? [] : facts.filter(({ chooses }) => chooses !== true).map(({ name }) => name);
  const pool = new Pool(threads);
  try {
    const plain = await runPlain({ ...common, deviations: [], watched }, pool, threads);
    const plainChecks = Map.groupBy(plain.checks, (_check, at) => plain.numbers[at]);
    let ended = 1;
    options.progress?.(ended, total, undefined);
    const situations: Record<string, CaughtSituation[]> = {};
    const tryOut = async (fact: DeviationFacts): Promise<Trial> => {
      const { name, breaks, narrow = false } = fact;
      const narrowly = narrow || options.narrowly === true;
      // What is written for the checks that look at operations whole is tried on quicker ones first.
      const inParts = narrow && options.wholly !== true && options.allChecks !== true;
      const reached = plain.reached[name] === undefined ? [] : [{ reached: plain.reached[name] }];
      const parts = inParts ? trialParts.map((part) => ({ part, ...reached[0] })) : reached;
      // What nothing catches is tried with all checks in the end.
      const steps = [...parts, {}];
      let seen: RawCheck[] = [];
      let durationMs = 0;
      let judged: Trial | undefined;
      for (const step of steps) {
        const trial = { ...common, ...step, deviations: [name], clause: breaks, narrow: narrowly };
        const run = await pool.run(trial);
        // What was left out would have ended as on the plain simulator.
        const left = run.left.flatMap((number) => plainChecks.get(number) ?? []);
        // Only parts add up.
        seen = [...('part' in step ? seen : []), ...run.checks, ...left];
        durationMs += run.durationMs;
        (situations[breaks] ??= []).push(...situationsOf(breaks, run.checks));
        judged = judgeTrial(fact, seen, durationMs);
        if (judged.killedBy.length > 0) break;
      }
      ended += 1;
      options.progress?.(ended, total, judged);
      return judged as Trial;
    };
    const tried = await Promise.all(facts.map(tryOut));
    const trials = tried.sort((one, other) => one.name.localeCompare(other.name));
    const plainFailures = plain.checks
      .filter((check) => check.outcome !== 'passed' && check.outcome !== 'not-tested')
      .map(({ clause, title, outcome, reason = '' }) => ({ clause, title, outcome, reason }));
    const duration = Math.round(performance.now() - began);
    return { ...killMatrix(options.suite, trials, plainFailures, duration), caughtIn: byClause(situations) };
  } finally {
    await pool.close();
  }
}

function byClause(
  situations: Readonly<Record<string, readonly CaughtSituation[]>>,
): Record<string, CaughtIn> {
  const told = Object.entries(situations).flatMap(([clause, met]) => {
    const levels = caughtIn(met);
    return levels === undefined ? [] : [[clause, levels] as const];
  });
  return Object.fromEntries(told);
}

/** The plain simulator, once on each thread, which watches its part of the deviations. */
async function runPlain(trial: TrialOptions, pool: Pool, threads: number): Promise<TrialRun> {
  const { watched = [] } = trial;
  const each = Math.max(1, Math.ceil(watched.length / threads));
  const parts = Array.from({ length: Math.max(1, Math.ceil(watched.length / each)) }, (_, part) => ({
    ...trial,
    watched: watched.slice(part * each, (part + 1) * each),
  }));
  const runs = await Promise.all(parts.map((part) => pool.run(part)));
  const [run] = runs;
  return {
    ...(run as TrialRun),
    reached: Object.assign({}, ...runs.map(({ reached }) => reached)) as TrialRun['reached'],
  };
}

async function deviationFacts(only: readonly string[] | undefined): Promise<DeviationFacts[]> {
  const names = (await listDeviations()).filter(
    (name) => only?.some((prefix) => name.startsWith(prefix)) ?? true,
  );
  return Promise.all(
    names.map(async (name) => {
      const { breaks, summary, alsoBreaks = {}, narrow = false, choices } = await loadDeviation(name);
      return { name, breaks, summary, alsoBreaks, narrow, chooses: choices !== undefined };
    }),
  );
}
