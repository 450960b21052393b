import { parseConfig } from '../harness/config.ts';
import { SuiteSession } from '../harness/suite-session.ts';
import type { RawCheck } from '../record/outcome.ts';
import type { OpenTransport } from '../harness/embedded-transport.ts';
import { runCheck, type CollectedCheck } from '../harness/runner.ts';
import { annotated } from '../harness/collect.ts';
import { openTarget } from '../harness/target.ts';

/**
 * Milliseconds of real time that one check may take against a deviating simulator; a right one needs a
 * few. A simulator that has hung twice is not waited for as long again.
 */
const limitMs = (hung: number): number => (hung < 2 ? 10_000 : 1_500);

/** How the suite is run in a trial. */
export interface TrialOptions {
  readonly seed: number;
  /** Cases of each property. */
  readonly runs: number;
  /** Names of deviations; none for the plain simulator. */
  readonly deviations: readonly string[];
  /**
   * Only the checks of this clause are run, and those that look at operations whole. Where absent all others are, and
   * with no deviation those too: they would take as long as half of the rest in each trial.
   */
  readonly clause?: string;
  /** Seed of the freedoms; the documented choices where absent. */
  readonly vary?: number;
}

/** The files whose checks look at operations whole, and may meet a breach of any clause. */
const wholeFiles: ReadonlySet<string> = new Set(['specs/frame.spec.ts', 'specs/whole.spec.ts']);

/** A trial has either all other checks or those of one clause and the whole looks; a right simulator has all. */
function isWanted({ file, details }: CollectedCheck, { clause, deviations }: TrialOptions): boolean {
  const whole = wholeFiles.has(file.replace(/\.js$/, '.ts'));
  if (clause === undefined) return !whole || deviations.length === 0;
  return whole || annotated(details.annotation, 'clause').includes(clause);
}

/** Runs every collected check against a simulator of its own in this process, reached by the given transport. */
export async function runAll(
  checks: readonly CollectedCheck[],
  options: TrialOptions,
  openTransport?: OpenTransport,
): Promise<RawCheck[]> {
  const config = parseConfig({
    target: {
      kind: 'simulator',
      deviations: options.deviations,
      ...(options.vary === undefined ? {} : { vary: options.vary }),
    },
    properties: { seed: options.seed, runs: options.runs },
  });
  const open = async (): Promise<SuiteSession> => {
    const world = new SuiteSession(await openTarget(config, openTransport), 'selftest');
    world.keepsAllEvidence = false;
    return world;
  };
  const result: RawCheck[] = [];
  let world = await open();
  let hung = 0;
  for (const check of checks.filter((one) => isWanted(one, options))) {
    const limit = limitMs(hung);
    const ran = await runCheck(check, world, limit);
    result.push(...ran.map((raw) => (raw.outcome === 'failed' ? raw : { ...raw, evidence: [] })));
    if (ran.some((raw) => raw.durationMs >= limit)) {
      // A check that hangs may still be at work on its target, so the next ones get a new one.
      hung += 1;
      world = await open();
    }
  }
  await world.close();
  return result;
}
