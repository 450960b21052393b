import { parseConfig } from '../harness/config.ts';
import { SuiteSession } from '../harness/suite-session.ts';
import type { RawCheck } from '../record/outcome.ts';
import type { OpenTransport } from '../harness/embedded-transport.ts';
import { runCheck, type CollectedCheck } from '../harness/runner.ts';
import { annotated } from '../harness/collect.ts';
import { openTarget } from '../harness/target.ts';
import { loadDeviation } from '../simulator/deviations.ts';
import { servedTransport } from './served-transport.ts';
import { DecisionWatch } from './decision-watch.ts';

/**
 * Milliseconds of real time that one check may take against a deviating simulator; a right one needs a
 * few. A simulator that has hung twice is not waited for as long again.
 */
const limitMs = (hung: number): number => (hung < 2 ? 10_000 : 1_500);
/** The same against a right simulator, which never hangs: only a busy machine takes so long. */
const rightLimitMs = 120_000;

/** How the suite is run in a trial. */
export interface TrialOptions {
  readonly seed: number;
  /** Cases of each property. */
  readonly runs: number;
  /** Names of deviations; none for the plain simulator. */
  readonly deviations: readonly string[];
  /** The clause that they break: its checks are among those that are run. */
  readonly clause?: string;
  /**
   * Whether only the checks of that clause are run, and those that look at operations whole. Otherwise all others are,
   * and with no deviation those too: they would take as long as half of the rest in each trial.
   */
  readonly narrow?: boolean;
  /** Of a narrow trial: only the clause's own checks, or only those of one of the files that look at operations whole. */
  readonly part?: (typeof trialParts)[number];
  /** Of these, only those with these numbers, and the clause's own; all of them where absent. */
  readonly reached?: readonly number[];
  /** Deviations that are watched meanwhile: in which checks they would have decided otherwise. */
  readonly watched?: readonly string[];
  /** Seed of the freedoms; the documented choices where absent. */
  readonly vary?: number;
}

/** The parts of a narrow trial, the quicker ones first. */
export const trialParts = ['own', 'specs/frame.spec.ts', 'specs/all-views.spec.ts'] as const;

/** What came of a run. */
export interface TrialRun {
  readonly checks: RawCheck[];
  /** The number of the check that each of them came of. */
  readonly numbers: number[];
  /** The numbers of the checks that were left out because nothing reached them. */
  readonly left: number[];
  /** The numbers of the checks that each watched deviation could have changed. */
  readonly reached: Readonly<Record<string, readonly number[]>>;
}

/** The files whose checks look at operations whole, and may meet a breach of any clause. */
const wholeFiles: ReadonlySet<string> = new Set(trialParts.filter((part) => part !== 'own'));

/** Whether a check belongs to a trial, and whether it is left out there. */
function partIn(
  { file, details }: CollectedCheck,
  number: number,
  { clause, narrow = false, part, deviations, reached }: TrialOptions,
): 'none' | 'left' | 'run' {
  const source = file.replace(/\.js$/, '.ts');
  const whole = wholeFiles.has(source);
  const own = clause !== undefined && annotated(details.annotation, 'clause').includes(clause);
  if (narrow && part !== undefined && part !== (own ? 'own' : source)) return 'none';
  if (own) return 'run';
  if (narrow ? !whole : whole && deviations.length > 0) return 'none';
  return (reached?.includes(number) ?? true) ? 'run' : 'left';
}

/** Of the seeds of freedoms, one in sixteen is tried over HTTP, which takes longer: it has a form of answers of its own. */
function isServed({ vary }: TrialOptions): boolean {
  return vary !== undefined && vary % 16 === 1;
}

/** Runs the collected checks that are wanted against a simulator of its own in this process. */
export async function runAll(
  checks: readonly CollectedCheck[],
  options: TrialOptions,
  openTransport: OpenTransport | undefined = isServed(options) ? servedTransport : undefined,
): Promise<TrialRun> {
  const config = parseConfig({
    target: {
      kind: 'simulator',
      deviations: options.deviations,
      ...(options.vary === undefined ? {} : { vary: options.vary }),
    },
    properties: { seed: options.seed, runs: options.runs },
  });
  const { watched = [] } = options;
  const watch = new DecisionWatch(await Promise.all(watched.map(loadDeviation)));
  const embedding = {
    ...(openTransport === undefined ? {} : { openTransport }),
    ...(watched.length === 0 ? {} : { watched: watch.watched }),
  };
  const open = async (): Promise<SuiteSession> => {
    const world = new SuiteSession(await openTarget(config, embedding), 'selftest');
    world.keepsAllEvidence = false;
    return world;
  };
  const result: RawCheck[] = [];
  const numbers: number[] = [];
  const left: number[] = [];
  const reached: Record<string, number[]> = Object.fromEntries(watched.map((name) => [name, []]));
  let world = await open();
  let hung = 0;
  for (const [number, check] of checks.entries()) {
    const part = partIn(check, number, options);
    if (part === 'left') left.push(number);
    if (part !== 'run') continue;
    const limit = options.deviations.length === 0 ? rightLimitMs : limitMs(hung);
    const ran = await runCheck(check, world, limit);
    for (const name of watch.take()) reached[name]?.push(number);
    numbers.push(...ran.map(() => number));
    result.push(...ran.map((raw) => (raw.outcome === 'failed' ? raw : { ...raw, evidence: [] })));
    if (ran.some((raw) => raw.durationMs >= limit)) {
      // A check that hangs may still be at work on its target, so the next ones get a new one.
      hung += 1;
      world = await open();
    }
  }
  await world.close();
  return { checks: result, numbers, left, reached };
}
