import { table } from '../../contract/vocabulary.ts';
import { cameFrom, originOf } from '../../harness/origin.ts';
import { isTerminal } from '../../harness/reading.ts';
import type { Operation } from '../../harness/operation.ts';
import type { JsonObject } from '../../harness/answer.ts';
import type { Target } from '../../harness/target.ts';
import { expect } from '../../harness/test.ts';
import { ifThere } from './rows.ts';

/** Names of the probe's response properties. */
const probeOutputs = ['Text', 'Count', 'Flag', 'Amount', 'When', 'Id'];

/** The columns of a row that tell what became of an operation, and when. */
const columns = [
  table.state,
  table.status,
  'outputparameters',
  'errorcode',
  'errormessage',
  'retrycount',
  'starttime',
  'endtime',
];

/** What a target shows of an operation at rest; what is absent counts as null. */
export interface OperationAtRest {
  readonly monitor: JsonObject;
  /** Undefined where the target offers no table, or breaks the clause by which the row is there. */
  readonly row: JsonObject | undefined;
  /** Attempts that the probe saw; undefined where it tells none. */
  readonly attempts: number | undefined;
}

/** Takes a snapshot of an operation at rest. */
export async function snapshot(
  operation: Operation,
  target: Pick<Target, 'offers'>,
): Promise<OperationAtRest> {
  const { state, status, errorCode, errorMessage, body } = await operation.monitor();
  const row = target.offers.table
    ? (await ifThere(operation, () => operation.rowWhen(isTerminal)))?.row
    : undefined;
  return {
    monitor: cameFrom(
      {
        ...chosen(body, [...probeOutputs, ...Object.keys(operation.outputs)]),
        state,
        status,
        errorCode: errorCode ?? null,
        errorMessage: errorMessage ?? null,
      },
      originOf(body)?.exchange,
    ),
    row: row === undefined ? undefined : chosen(row, columns),
    attempts: operation.parts.play?.attempts.length,
  };
}

function chosen(object: JsonObject, names: readonly string[]): JsonObject {
  const made = Object.fromEntries(names.map((name) => [name, object[name] ?? null]));
  return cameFrom(made, originOf(object)?.exchange);
}

/** Demands that an operation at rest is as it was; `since` names what happened in between. */
export async function expectUnchanged(
  operation: Operation,
  target: Pick<Target, 'offers'>,
  before: OperationAtRest,
  since: string,
): Promise<void> {
  const now = await snapshot(operation, target);
  expect(now.monitor, `the monitor ${since}`, now.monitor).toEqual(before.monitor);
  // That it is gone is another clause's matter, and noted.
  if (now.row !== undefined) expect(now.row, `the row ${since}`, now.row).toEqual(before.row);
  expect(now.attempts, `the number of attempts ${since}`).toBe(before.attempts);
}
