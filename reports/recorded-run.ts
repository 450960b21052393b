import type { Disruption, RawCheck } from '../record/outcome.ts';
import type { RunMeta } from '../record/run-meta.ts';
import type { RecordedTest } from '../record/journal-line.ts';
import { interrupted, unrunChecks } from './collect.ts';
import { leftOutBy, suiteOfPackage } from './run-meta.ts';
import type { Result } from '../record/result.ts';
import { deriveResult } from './verdict.ts';

/** What was recorded of a run by the moment that it ended, or that nothing more was heard of it. */
export interface RecordedRun {
  /** ISO 8601. */
  readonly startedAt: string;
  /** The folder to which the files of checks are relative. */
  readonly root: string;
  readonly meta: RunMeta;
  readonly shard?: string;
  readonly tests: readonly RecordedTest[];
  readonly checks: readonly RawCheck[];
  /** Ids of tests that a worker began. */
  readonly begun: ReadonlySet<string>;
  /** Ids of tests whose checks are recorded. */
  readonly ended: ReadonlySet<string>;
  /** Errors outside of checks. */
  readonly errors: readonly string[];
  /** What disturbed the run from outside, as far as it was heard of. */
  readonly disruptions?: readonly Disruption[];
  /** Requests that had been sent to the target, as far as they were counted. */
  readonly requests?: number;
}

/** How a recorded run ended. */
export interface RunEnd {
  readonly durationMs: number;
  /** Whether it was stopped, so that checks which did not run are nobody's fault. */
  readonly stopped: boolean;
  /** Why the run is not whole; taken from its errors when absent. */
  readonly incomplete?: string | undefined;
  /** Requests that were sent to the target, where they were counted. */
  readonly requests?: number | undefined;
  /** What disturbed the run from outside. */
  readonly disruptions?: readonly Disruption[] | undefined;
}

const stoppedBefore = { outcome: 'not-tested', reason: 'the run was stopped before this check' } as const;

/** The result of a recorded run, whether it came to its end or not. */
export function resultOf(run: RecordedRun, end: RunEnd): Result {
  const { meta, startedAt, shard } = run;
  const disruptions = end.disruptions ?? run.disruptions ?? [];
  const requests = end.requests ?? run.requests;
  const incomplete = end.incomplete ?? outsideOfChecks(run.errors);
  return deriveResult({
    suite: meta.suite ?? suiteOfPackage(),
    target: meta.target ?? { name: 'built-in simulator', kind: 'simulator', url: '' },
    run: {
      startedAt,
      durationMs: Math.max(0, Math.round(end.durationMs)),
      ...(meta.id === undefined ? {} : { id: meta.id }),
      seed: meta.seed ?? 0,
      runs: meta.runs ?? 0,
      ...(incomplete === undefined ? {} : { incomplete }),
      ...(meta.problems === undefined ? {} : { problems: meta.problems }),
      ...(disruptions.length === 0 ? {} : { disruptions }),
      ...(shard === undefined ? {} : { shard }),
      ...(meta.only === undefined || meta.only.length === 0 ? {} : { only: meta.only }),
      ...(requests === undefined ? {} : { requests }),
      ...(meta.slow === undefined ? {} : { slow: meta.slow }),
      ...(meta.clock === undefined ? {} : { clock: meta.clock }),
      ...(meta.command === undefined ? {} : { command: meta.command }),
    },
    checks: checksOf(run, end.stopped),
    leftOut: leftOutBy(meta.selected),
    ...(meta.offers === undefined ? {} : { offers: meta.offers }),
    ...(meta.knownDeviations === undefined ? {} : { knownDeviations: meta.knownDeviations }),
    ...(meta.proven === undefined ? {} : { proven: meta.proven }),
    ...(meta.caughtIn === undefined ? {} : { caughtIn: meta.caughtIn }),
    ...(meta.strictness === undefined ? {} : { strictness: meta.strictness }),
  });
}

/**
 * All checks of a recorded run, also those that did not run.
 *
 * @param stopped whether it was stopped, so that this is nobody's fault
 */
export function checksOf(run: RecordedRun, stopped: boolean): RawCheck[] {
  return [...run.checks, ...unrun(run, stopped)];
}

/** In a run that was stopped the rest was not tested; in any other one it is a fault of ours. */
function unrun({ tests, begun, ended, root }: RecordedRun, stopped: boolean): RawCheck[] {
  return tests
    .filter(({ id }) => !ended.has(id))
    .flatMap((test) => {
      if (!stopped) return unrunChecks(test, root, 'the check did not run');
      const { outcome, reason } = begun.has(test.id) ? interrupted : stoppedBefore;
      return unrunChecks(test, root, reason, outcome);
    });
}

function outsideOfChecks([first]: readonly string[]): string | undefined {
  return first === undefined
    ? undefined
    : `The run met an error outside of its checks: ${first.split('\n', 1)[0]}`;
}
