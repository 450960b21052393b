import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SuiteSession } from '../harness/suite-session.ts';
import { parseConfig } from '../harness/config.ts';
import { collectChecks, runCheck } from '../harness/runner.ts';
import { openTarget } from '../harness/target.ts';
import { suiteRoot } from './suite-files.ts';

/**
 * The fewest commands that show each deviation, by thought: what a person would write down. After every
 * case the monitors of all operations are read, so that the last look is not counted.
 */
const fewest: Readonly<Record<string, number>> = {
  // Submit.
  'state.waiting-in-progress': 1,
  // Submit, let time pass.
  'retry.at-most-three-four': 2,
  'retry.at-most-three-unbounded': 2,
  'retry.no-overlap-stray': 2,
  'retry.on-error-never': 2,
  'retry.on-error-only-platform': 2,
  'retry.recovers-failed': 2,
  'retry.stops-on-success-again': 2,
  'retry.three-times-attempts': 2,
  'retry.three-times-once': 2,
  'state.failed-canceled': 2,
  'state.failed-succeeded': 2,
  // Submit, cancel, look.
  'cancel.shows-canceling-waiting': 2,
  // Submit, let time pass, look in the midst of it.
  'state.executing-waiting': 2,
  'retry.not-terminal-between-failed': 2,
  'state.known-pairs-suspended': 2,
  // Submit, cancel, let time pass.
  'cancel.before-start-never-executes-runs': 3,
  'cancel.race-both': 3,
  'state.canceled-failed': 3,
  'state.canceled-succeeded': 3,
  // Submit, let time pass, read the row.
  'state.known-pairs-row-ready': 3,
  // Submit, let time pass, cancel.
  'cancel.running-is-not-stopped-killed': 3,
  'cancel.running-is-not-stopped-terminal': 3,
  'cancel.shows-canceling-in-progress': 3,
  'cancel.ways-are-equal-patch-ignored': 3,
  'cancel.no-retry-retried': 3,
  'cancel.terminal-refused-delete-failed': 3,
  'cancel.terminal-refused-delete-ok': 3,
  'cancel.terminal-refused-patch-ok': 3,
};

const spec = 'specs/command-sequences.spec.ts';
const collected = await collectChecks(new Map([[spec, pathToFileURL(path.join(suiteRoot, spec)).href]]));
const sequential = collected.find(({ title }) => title.includes('one after another'));

async function counterexample(deviation: string): Promise<readonly string[]> {
  if (sequential === undefined) throw new Error(`${spec} has no law for requests one after another`);
  const config = parseConfig({
    target: { kind: 'simulator', deviations: [deviation] },
    properties: { seed: 1, runs: 400 },
  });
  const world = new SuiteSession(await openTarget(config), 'shrinking');
  try {
    const [record] = await runCheck(sequential, world);
    const found = record?.evidence.find((one) => one.kind === 'counterexample');
    return found?.script ?? [];
  } finally {
    await world.close();
  }
}

describe('the shrunk counterexample of the model', () => {
  it.each(Object.entries(fewest))(
    'for %s is minimal, or one step longer',
    async (deviation, least) => {
      const script = await counterexample(deviation);
      expect(script.length, script.join('\n')).toBeGreaterThanOrEqual(least);
      expect(script.length, script.join('\n')).toBeLessThanOrEqual(least + 1);
    },
    60_000,
  );
});
