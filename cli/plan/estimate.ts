import type { Config } from '../../harness/config.ts';
import { workersFor } from '../../harness/config/workers.ts';
import { duration } from '../../reports/page/script/words.ts';
import type { Rehearsed } from './rehearse.ts';

/** How long a run will take, roughly. */
export interface Estimate {
  readonly secondsAtLeast: number;
  readonly secondsAtMost: number;
  /** What the numbers rest on, one sentence each. */
  readonly restsOn: readonly string[];
}

/** Start of the runner and its workers, and the report, in milliseconds; measured, see docs/real-targets.md. */
const overheadMs = 4_000;
/** Start of a container and the wait for it. */
const containerMs = 10_000;
/**
 * How much longer a check takes than in the rehearsal: embedded in a worker, with what its runner does for it,
 * and over HTTP. Measured on two cores that others used too, whole runs beside their plans.
 */
const slower = { simulator: 4, http: 8 } as const;
/** With --slow an operation is waited for through four attempts and ten minutes between them at most. */
const slowCapMs = 49 * 60_000;
/** With --slow, a target that retries within seconds is done sooner than the simulator would be. */
const slowLeastMs = 120_000;
/** A check whose retries do not fit the budget ends after a glance. */
const glanceMs = 3_000;
/** What must not come is watched for through a minute, whatever the budget. */
const watchMs = 60_000;

/**
 * Estimates the duration of a run from its rehearsal: the work of the checks, and on a real clock the time
 * that they let pass, each as far as the run would wait.
 */
export function estimate(
  config: Config,
  rehearsed: readonly Rehearsed[],
  workers = workersFor(config),
): Estimate {
  const run = rehearsed.filter(({ notTested }) => notTested === undefined);
  const { target } = config;
  const factor = target.kind === 'simulator' ? slower.simulator : slower.http;
  const workMs = sum(run.map(({ durationMs }) => durationMs * factor));
  const startMs = overheadMs + (target.kind === 'container' ? containerMs : 0);
  const real = target.clock.kind === 'real' && target.kind !== 'simulator';
  const waits = real ? waitsOf(config, run) : noWaits;
  const over = (totalMs: number, longestMs: number): number =>
    startMs + waits.learningMs + Math.max(totalMs / workers, longestMs);
  const [least, most] = [
    over(workMs + waits.leastMs, waits.longestLeastMs),
    over(workMs + waits.mostMs, waits.longestMostMs),
  ];
  return {
    secondsAtLeast: Math.round(least / 1000),
    secondsAtMost: Math.round((real ? most : most * 1.5) / 1000),
    restsOn: restsOn(config, run.length, workers, real),
  };
}

interface Waits {
  readonly learningMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  readonly longestLeastMs: number;
  readonly longestMostMs: number;
}

const noWaits: Waits = { learningMs: 0, leastMs: 0, mostMs: 0, longestLeastMs: 0, longestMostMs: 0 };

function waitsOf(config: Config, run: readonly Rehearsed[]): Waits {
  const { firstMs } = config.polling;
  // An operation that ends at once is seen at the first or second look.
  const looking = run.map(({ footprint }) => footprint.operations * firstMs);
  const passed = run.map(({ passedMs }) => passedMs);
  const least = passed.map(
    (ms, index) => (looking[index] ?? 0) + Math.min(ms, config.slow ? slowLeastMs : glanceMs),
  );
  const most = passed.map((ms, index) => 2 * (looking[index] ?? 0) + mostWait(ms, config));
  // Each worker follows one operation first, to learn how long the retries take.
  const learningMs = passed.some((ms) => ms > glanceMs)
    ? config.slow
      ? slowLeastMs
      : config.budget.waitMs
    : 0;
  return {
    learningMs,
    leastMs: sum(least),
    mostMs: sum(most),
    longestLeastMs: Math.max(0, ...least),
    longestMostMs: Math.max(0, ...most),
  };
}

function mostWait(passedMs: number, { slow, budget }: Config): number {
  if (slow) return Math.min(passedMs, slowCapMs);
  if (passedMs <= budget.waitMs) return passedMs;
  return passedMs <= 2 * watchMs ? watchMs : 2 * glanceMs;
}

function restsOn(config: Config, checks: number, workers: number, real: boolean): string[] {
  const { target, slow, budget } = config;
  return [
    `${checks} ${checks === 1 ? 'check' : 'checks'} on ${workers} ${workers === 1 ? 'worker' : 'workers'}, a target of the kind "${target.kind}", and how long the rehearsal took on this machine now`,
    real
      ? `a real clock: a check waits for what the target has to do, ${slow ? 'with --slow up to 49 min for each operation' : `up to the ${duration(budget.waitMs)} of budget.waitMs, or a minute for what must not come; one that needs more ends after 3 s`}`
      : 'a virtual clock: nothing waits',
  ];
}

/** The estimate in one sentence, for people. */
export function estimateLine({ secondsAtLeast, secondsAtMost }: Estimate): string {
  const [least, most] = [duration(secondsAtLeast * 1000), duration(secondsAtMost * 1000)];
  return least === most ? `It would take about ${least}.` : `It would take about ${least} to ${most}.`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
