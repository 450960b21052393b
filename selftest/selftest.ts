import { availableParallelism } from 'node:os';
import { listDeviations, loadDeviation } from '../simulator/deviations.ts';
import { killMatrix, type KillMatrix } from './matrix.ts';
import { runTrials } from './pool.ts';
import { judgeTrial, type DeviationFacts, type Trial } from './trial.ts';
import type { TrialOptions } from './work.ts';

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
  /** Told of each trial as it ends. */
  readonly progress?: (done: number, total: number, trial: Trial | undefined) => void;
}

/** Runs the suite against the plain simulator and against every deviation, and derives the kill matrix. */
export async function selfTest(options: SelfTestOptions): Promise<KillMatrix> {
  const began = performance.now();
  const facts = await deviationFacts(options.only);
  const common = { seed: options.seed ?? 1, runs: options.runs ?? 12 };
  const plain: TrialOptions = { ...common, deviations: [] };
  const trials: TrialOptions[] = [
    plain,
    ...facts.map(({ name, breaks, narrow = false }) => ({
      ...common,
      deviations: [name],
      ...(narrow ? { clause: breaks } : {}),
    })),
  ];
  const judged: Trial[] = [];
  let plainFailures: KillMatrix['plainFailures'] = [];
  let done = 0;
  await runTrials(trials, options.threads ?? availableParallelism(), (index, answer) => {
    done += 1;
    const fact = facts[index - 1];
    if ('problem' in answer) throw new Error(`${fact?.name ?? 'The plain simulator'}: ${answer.problem}`);
    if (fact === undefined) {
      plainFailures = answer.checks
        .filter((check) => check.outcome !== 'passed' && check.outcome !== 'not-tested')
        .map(({ clause, title, outcome, reason = '' }) => ({ clause, title, outcome, reason }));
      options.progress?.(done, trials.length, undefined);
      return;
    }
    const trial = judgeTrial(fact, answer.checks, answer.durationMs);
    judged.push(trial);
    options.progress?.(done, trials.length, trial);
  });
  judged.sort((one, other) => one.name.localeCompare(other.name));
  return killMatrix(options.suite, judged, plainFailures, Math.round(performance.now() - began));
}

async function deviationFacts(only: readonly string[] | undefined): Promise<DeviationFacts[]> {
  const names = (await listDeviations()).filter(
    (name) => only?.some((prefix) => name.startsWith(prefix)) ?? true,
  );
  return Promise.all(
    names.map(async (name) => {
      const { breaks, summary, alsoBreaks = {}, narrow = false } = await loadDeviation(name);
      return { name, breaks, summary, alsoBreaks, narrow };
    }),
  );
}
