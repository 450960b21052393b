import { loadConfig } from '../harness/config.ts';
import { currentSuiteRun, writeRunPlan, type SuiteRunPlan } from '../record/run-plan.ts';
import { runMeta } from './run-meta.ts';
import { makeTemporary } from './temporary.ts';
import { runIdOf } from './verify/run-id-of.ts';

/**
 * Plans a run that Playwright makes by itself (`npx playwright test`, an editor): with `bgop.config.*`, or
 * the embedded simulator. The workers, which inherit the environment of this process, find the same plan.
 */
export async function planAlone(): Promise<SuiteRunPlan> {
  const config = await loadConfig();
  const meta = runMeta(config, { id: runIdOf(process.env) });
  const plan = { kind: 'playwright', config, meta } as const;
  Object.assign(process.env, writeRunPlan(makeTemporary('bgop-').path, plan));
  return currentSuiteRun() ?? plan;
}
