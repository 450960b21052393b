import { availableParallelism } from 'node:os';
import { withCharges } from '../reports/charges.ts';
import { Pool } from './pool.ts';
import type { TrialOptions } from './work.ts';

/** A check that did not pass on a simulator which is right in a different way. */
export interface FreedomFailure {
  /** Seed of `simulate --vary`. */
  readonly vary: number;
  readonly clause: string;
  readonly title: string;
  readonly outcome: string;
  readonly reason: string;
}

/** How the freedoms are tried. */
export interface FreedomOptions {
  /** Seeds 1 to this are tried. */
  readonly seeds: number;
  readonly first?: number;
  readonly runs?: number;
  readonly threads?: number;
  readonly progress?: (done: number, total: number, failures: readonly FreedomFailure[]) => void;
}

/**
 * Runs the suite against simulators that use the freedoms of the documentation at random. All of them
 * are right, so whatever is `failed` there is a false alarm of the suite.
 */
export async function tryFreedoms(options: FreedomOptions): Promise<FreedomFailure[]> {
  const first = options.first ?? 1;
  const trials = Array.from(
    { length: options.seeds },
    (_, index) =>
      ({
        seed: first + index,
        runs: options.runs ?? 12,
        deviations: [],
        vary: first + index,
      }) satisfies TrialOptions,
  );
  const failures: FreedomFailure[] = [];
  let done = 0;
  const pool = new Pool(options.threads ?? availableParallelism());
  const tryOne = async (trial: (typeof trials)[number]): Promise<void> => {
    const { checks } = await pool.run(trial);
    done += 1;
    // What checks met on their way is charged to its clause, as in a report: it is a false alarm as well.
    const found = withCharges(checks)
      .filter(({ outcome }) => outcome !== 'passed' && outcome !== 'not-tested')
      .map(({ clause, title, outcome, reason = '' }) => ({
        vary: trial.vary,
        clause,
        title,
        outcome,
        reason,
      }));
    failures.push(...found);
    options.progress?.(done, trials.length, found);
  };
  try {
    await Promise.all(trials.map(tryOne));
  } finally {
    await pool.close();
  }
  return failures;
}
