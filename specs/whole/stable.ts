import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { limits, table } from '../../contract/vocabulary.ts';
import type { JsonObject } from '../../harness/answer.ts';
import { show } from '../../harness/expect.ts';
import type { Operation } from '../../harness/operation.ts';
import { codesOf } from '../../harness/reading.ts';
import type { Target } from '../../harness/target.ts';
import { forEach } from './batches.ts';

/** What is shown of an operation at one moment, and how often it was executed. */
interface Picture {
  readonly monitor: JsonObject | undefined;
  readonly row: JsonObject | undefined;
  readonly attempts: number;
}

/** Looks at the monitor and the row of an operation. */
async function picture(target: Pick<Target, 'offers'>, operation: Operation): Promise<Picture> {
  const monitor = (await operation.getMonitor()).object();
  const row = target.offers.table ? (await operation.getRow()).object() : undefined;
  const isRow = row !== undefined && codesOf(row, table.state, table.status) !== undefined;
  return { monitor, row: isRow ? row : undefined, attempts: operation.attempts.length };
}

/** What differs between two pictures, in words; undefined where nothing does. */
function changeBetween(before: Picture, after: Picture): string | undefined {
  if (after.attempts !== before.attempts)
    return `it was executed ${after.attempts} times instead of ${before.attempts}`;
  const views = [
    ['the monitor', before.monitor, after.monitor],
    // An elastic row may come late.
    [
      'the row',
      after.row === undefined ? undefined : before.row,
      before.row === undefined ? undefined : after.row,
    ],
  ] as const;
  for (const [what, old = {}, young = {}] of views) {
    if (isDeepStrictEqual(old, young)) continue;
    const names = [...new Set([...Object.keys(old), ...Object.keys(young)])];
    const name = names.find((one) => !isDeepStrictEqual(old[one], young[one])) ?? '';
    return `${what} changed: ${name} was ${show(old[name])} and is ${show(young[name])}`;
  }
  return undefined;
}

/** Something whose operation must stay as it is. */
export interface Still {
  readonly operation: Operation;
  /** Whether it was allowed to change, since the target accepted what was asked for and may do so. */
  readonly accepted?: boolean;
}

/**
 * Does something to each of many operations that must change none of them, and gives those that changed, each with
 * how. Where the target keeps time of its own, rows may be late: there a change counts that comes a second time,
 * after the rows have had their time.
 */
export async function changesAfter<T extends Still>(
  target: Pick<Target, 'offers' | 'config'>,
  many: readonly T[],
  act: (some: readonly T[]) => Promise<void>,
): Promise<readonly (readonly [T, string])[]> {
  const once = async (some: readonly T[]): Promise<(readonly [T, string])[]> => {
    const before = await forEach(some, ({ operation }) => picture(target, operation));
    await act(some);
    const changes = await forEach(some, async (one, index) => {
      const old = before[index];
      const change = old === undefined ? undefined : changeBetween(old, await picture(target, one.operation));
      return change === undefined || one.accepted === true ? [] : [[one, change] as const];
    });
    return changes.flat();
  };
  const changed = await once(many);
  if (changed.length === 0 || target.config.target.kind === 'simulator') return changed;
  await setTimeout(limits.consistencyMilliseconds);
  return once(changed.map(([one]) => one));
}
