import type { ClauseId } from '../../contract/clauses.ts';
import { pairs } from '../../contract/vocabulary.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import { monitorCodesIn, sameCodes } from '../../harness/reading.ts';
import { Blocked, NotTestable } from '../../harness/test.ts';
import { driveToRest, monitorBody } from './moments.ts';
import { sameValue } from './values.ts';

/**
 * The outputs that an operation has after success, for checks that look for them.
 *
 * @throws NotTestable where a fixed custom API has none, so that nothing would be looked for
 */
export function outputsOf({ outputs, parts }: Operation): [name: string, value: unknown][] {
  const all = Object.entries(outputs);
  if (all.length === 0 && parts.play === undefined)
    throw new NotTestable('needs a custom API with outputs: set target.probe.succeeds.outputs');
  return all;
}

/**
 * Blocks a check that misses outputs in a monitor where an operation that simply succeeds does not
 * show its own either, or shows them to the first reader only.
 */
export async function requireOutputs({
  submit,
  clock,
  target,
}: Pick<CheckTools, 'submit' | 'clock' | 'target'>): Promise<void> {
  const operation = await submit();
  const answer = await driveToRest({ clock, target }, operation);
  const first = monitorBody(answer);
  const codes = monitorCodesIn(answer);
  if (codes !== undefined && !sameCodes(codes, pairs.succeeded))
    throw new Blocked('state.succeeded', answer.describe());
  const again = monitorBody(await operation.getMonitor());
  for (const [name, value] of Object.entries(operation.outputs)) {
    const broken: ClauseId | undefined = !sameValue(name, value, first[name])
      ? 'monitor.outputs-on-success'
      : !sameValue(name, value, again[name])
        ? 'monitor.read-is-safe'
        : undefined;
    if (broken !== undefined)
      throw new Blocked(broken, `${name} is not in the monitor of an operation that succeeded`);
  }
}
