import type { ClauseId } from '../../contract/clauses.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { Blocked } from '../../harness/test.ts';
import { driveToRest, monitorBody } from './moments.ts';
import { sameValue } from './values.ts';

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
  const first = monitorBody(await driveToRest({ clock, target }, operation));
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
