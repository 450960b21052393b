import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { SuiteSession } from '../harness/suite-session.ts';
import { parseConfig, type ConfigError } from '../harness/config.ts';
import type { RawCheck } from '../record/outcome.ts';
import { collectChecks, runCheck } from '../harness/runner.ts';
import { openTarget } from '../harness/target.ts';
import { suiteRoot } from './suite-files.ts';

const spec = 'specs/command-sequences.spec.ts';
const collected = await collectChecks(new Map([[spec, pathToFileURL(path.join(suiteRoot, spec)).href]]));
const law = collected.find(({ title }) => title.includes('one after another'));
/** Broken by one sequence in some dozens only. */
const deviation = 'cancel.shows-canceling-in-progress';

async function search(properties: object, deviations: readonly string[]): Promise<RawCheck> {
  if (law === undefined) throw new Error(`${spec} has no law for requests one after another`);
  const config = parseConfig({ target: { kind: 'simulator', deviations }, properties });
  const world = new SuiteSession(await openTarget(config), 'regressions');
  try {
    const [record] = await runCheck(law, world);
    if (record === undefined) throw new Error('the law left no record');
    return record;
  } finally {
    await world.close();
  }
}

function counterexample({ evidence }: RawCheck) {
  return evidence.find((one) => one.kind === 'counterexample');
}

it('tries a kept counterexample before it searches, and finds with it what few cases do not', async () => {
  const found = await search({ seed: 1, runs: 400 }, [deviation]);
  const token = counterexample(found)?.token ?? '';
  const short = { seed: 1, runs: 1 };
  expect((await search(short, [deviation])).outcome).toBe('passed');

  const regressions = [{ token, note: 'a canceled operation was shown in progress' }];
  const again = await search({ ...short, regressions }, [deviation]);
  expect(again.outcome).toBe('failed');
  expect(counterexample(again)?.script).toEqual(counterexample(found)?.script);
  expect((await search({ ...short, regressions }, [])).outcome).toBe('passed');
});

it('says which kept case is no token', () => {
  const wrong = (): unknown => parseConfig({ properties: { regressions: [{ token: 'bgop1.x' }] } });
  expect(wrong).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('properties.regressions') as string,
    }) as ConfigError,
  );
});
