import { clauses } from '../contract/clauses.ts';
import type { CaughtIn } from '../record/caught-in.ts';
import type { Trial } from './trial.ts';
import { wideComplaints } from './wide-effects.ts';

/** The outcome of a whole self-test: which clause was seen to catch which deviation. */
export interface KillMatrix {
  readonly suite: string;
  readonly deviations: number;
  readonly killed: number;
  readonly durationMs: number;
  /** What failed on the simulator without any deviation; must be empty. */
  readonly plainFailures: readonly {
    readonly clause: string;
    readonly title: string;
    readonly outcome: string;
    readonly reason: string;
  }[];
  readonly trials: readonly Trial[];
  /** By clause: names of the deviations that it caught. */
  readonly proven: Readonly<Record<string, readonly string[]>>;
  /** By clause: the situations in which its deviations were caught, as far as that can be told. */
  readonly caughtIn?: Readonly<Record<string, CaughtIn>>;
  /** MUST clauses that no deviation proves. */
  readonly unproven: readonly string[];
  /** By check title: the deviations that only this check catches, so that without it they would survive. */
  readonly indispensable: Readonly<Record<string, readonly string[]>>;
}

/** Derives the matrix from the trials. */
export function killMatrix(
  suite: string,
  trials: readonly Trial[],
  plainFailures: KillMatrix['plainFailures'],
  durationMs: number,
): KillMatrix {
  const proven: Record<string, string[]> = {};
  const indispensable: Record<string, string[]> = {};
  for (const trial of trials) {
    if (trial.killedBy.length === 0) continue;
    (proven[trial.breaks] ??= []).push(trial.name);
    const titles = new Set(trial.killedBy.map((kill) => kill.title));
    const [only] = titles;
    if (titles.size === 1 && only !== undefined) (indispensable[only] ??= []).push(trial.name);
  }
  const unproven = clauses
    .filter((clause) => clause.level === 'MUST' && proven[clause.id] === undefined)
    .map((clause) => clause.id);
  const killed = trials.filter((trial) => trial.killedBy.length > 0).length;
  return {
    suite,
    deviations: trials.length,
    killed,
    durationMs,
    plainFailures,
    trials,
    proven,
    unproven,
    indispensable,
  };
}

/**
 * What is wrong with a self-test, in sentences; empty when the suite bites as it should. `faults` are a
 * deviation that survived, and mistakes of the suite itself. `unexplained` are clauses that fell with a
 * deviation which does not declare them, MUST clauses that no deviation proves, and deviations that leave
 * too many other clauses undecided without a reason that is kept.
 */
export function complaints(matrix: KillMatrix): {
  readonly faults: string[];
  readonly unexplained: string[];
} {
  const faults = matrix.plainFailures.map(
    ({ clause, title, outcome, reason }) =>
      `without any deviation ${clause} was ${outcome}: "${title}": ${reason}`,
  );
  const unexplained: string[] = [];
  for (const trial of matrix.trials) {
    if (trial.killedBy.length === 0) faults.push(`${trial.name} survived: ${trial.breaks} did not fail`);
    for (const { title, reason } of trial.errors)
      faults.push(`${trial.name}: a fault of the suite in "${title}": ${reason}`);
    for (const other of trial.others.filter((one) => !one.declared)) {
      unexplained.push(`${trial.name}: ${other.clause} failed too, undeclared: ${other.reason}`);
    }
  }
  for (const clause of matrix.unproven) unexplained.push(`${clause} is unproven: no deviation makes it fail`);
  unexplained.push(...wideComplaints(matrix.trials));
  return { faults, unexplained };
}
