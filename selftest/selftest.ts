import { availableParallelism } from 'node:os';
import { listDeviations, loadDeviation } from '../simulator/deviations.ts';
import { killMatrix, type KillMatrix } from './matrix.ts';
import { runTrials } from './pool.ts';
import type { CaughtIn } from '../record/caught-in.ts';
import { caughtIn, situationsOf, type CaughtSituation } from './situations.ts';
import { judgeTrial, type DeviationFacts, type Trial } from './trial.ts';
import type { TrialOptions, TrialRun } from './work.ts';

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
 * out the checks in which its deviation would never have decided otherwise, and a narrow one those that look at
 * operations whole; what survives is tried again with all.
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
  const plain = await runPlain({ ...common, deviations: [], watched }, threads);
  const plainChecks = Map.groupBy(plain.checks, (_check, at) => plain.numbers[at]);
  let ended = 1;
  options.progress?.(ended, total, undefined);
  const judged = new Map<string, Trial>();
  const situations: Record<string, CaughtSituation[]> = {};
  const saves = options.wholly !== true && options.allChecks !== true;
  /** Whether a trial left out checks that may yet catch it. */
  const isTriedAgain = ({ name, narrow = false }: DeviationFacts, reached: TrialRun['reached']): boolean =>
    reached[name] !== undefined || (narrow && saves && reached === plain.reached);
  const tryOut = async (
    wanted: readonly DeviationFacts[],
    reached: TrialRun['reached'],
    ownOnly: boolean,
  ): Promise<void> => {
    const trials = wanted.map(({ name, breaks, narrow = false }) => ({
      ...common,
      deviations: [name],
      clause: breaks,
      narrow: narrow || options.narrowly === true,
      ownOnly,
      ...(reached[name] === undefined ? {} : { reached: reached[name] }),
    }));
    await runTrials(trials, threads, (index, answer) => {
      const fact = wanted[index] as DeviationFacts;
      if ('problem' in answer) throw new Error(`${fact.name}: ${answer.problem}`);
      // What was left out would have ended as on the plain simulator.
      const checks = [...answer.checks, ...answer.left.flatMap((number) => plainChecks.get(number) ?? [])];
      const trial = judgeTrial(fact, checks, answer.durationMs);
      judged.set(fact.name, trial);
      (situations[fact.breaks] ??= []).push(...situationsOf(fact.breaks, answer.checks));
      if (trial.killedBy.length === 0 && isTriedAgain(fact, reached)) return;
      ended += 1;
      options.progress?.(ended, total, trial);
    });
  };
  await tryOut(facts, plain.reached, saves);
  const survived = facts.filter(({ name }) => judged.get(name)?.killedBy.length === 0);
  await tryOut(
    survived.filter((fact) => isTriedAgain(fact, plain.reached)),
    {},
    false,
  );
  const trials = [...judged.values()].sort((one, other) => one.name.localeCompare(other.name));
  const plainFailures = plain.checks
    .filter((check) => check.outcome !== 'passed' && check.outcome !== 'not-tested')
    .map(({ clause, title, outcome, reason = '' }) => ({ clause, title, outcome, reason }));
  const durationMs = Math.round(performance.now() - began);
  return { ...killMatrix(options.suite, trials, plainFailures, durationMs), caughtIn: byClause(situations) };
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
async function runPlain(trial: TrialOptions, threads: number): Promise<TrialRun> {
  const { watched = [] } = trial;
  const each = Math.max(1, Math.ceil(watched.length / threads));
  const parts = Array.from({ length: Math.max(1, Math.ceil(watched.length / each)) }, (_, part) => ({
    ...trial,
    watched: watched.slice(part * each, (part + 1) * each),
  }));
  const runs: TrialRun[] = [];
  await runTrials(parts, threads, (_index, answer) => {
    if ('problem' in answer) throw new Error(`The plain simulator: ${answer.problem}`);
    runs.push(answer);
  });
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
