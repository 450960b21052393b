import type { JsonObject } from './answer.ts';
import { defaultErrorMessage, defaultOutputs, Hold, type AttemptPlan } from './plan.ts';
import type { Target } from './target.ts';
import { NotTestable } from './verdict.ts';

/**
 * The call of a fixed custom API that stands for a plan: one that succeeds or fails, and no more.
 *
 * @throws NotTestable where the plan asks for control of attempts
 */
export function fixedCall(
  probe: Extract<Target['config']['target']['probe'], { kind: 'fixed' }>,
  plan: readonly AttemptPlan[],
  options: { readonly payload?: string; readonly during?: unknown },
): { customApi: string; body: JsonObject; outputs: JsonObject; play: undefined } {
  const steps = plan.flat();
  const [only] = steps;
  if (
    options.payload !== undefined ||
    options.during !== undefined ||
    steps.length !== 1 ||
    only === undefined ||
    only instanceof Hold
  ) {
    throw new NotTestable('needs control of attempts: target.probe is "fixed"');
  }
  if (only.outcome === 'succeed' && only.outputs === defaultOutputs) {
    return {
      customApi: probe.succeeds.name,
      body: probe.succeeds.body,
      outputs: probe.succeeds.outputs,
      play: undefined,
    };
  }
  if (only.outcome === 'fail' && only.errorMessage === defaultErrorMessage && only.errorCode === undefined) {
    if (probe.fails === undefined)
      throw new NotTestable('needs a custom API that fails: set target.probe.fails');
    return { customApi: probe.fails.name, body: probe.fails.body, outputs: {}, play: undefined };
  }
  throw new NotTestable('needs control of attempts: target.probe is "fixed"');
}
