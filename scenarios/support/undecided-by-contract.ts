import { pairs } from '../../contract/vocabulary.ts';
import type { ShownCodes } from '../../harness/reading.ts';
import { pairText } from './codes.ts';
import type { OperationAtRest } from './snapshot.ts';

/** Where a cancellation met an operation. */
export type CanceledWhile = 'idle' | 'succeeding' | 'failing';

const open: Readonly<Record<CanceledWhile, readonly number[]>> = {
  idle: [],
  succeeding: [pairs.succeeded.status, pairs.canceled.status],
  failing: [pairs.failed.status, pairs.canceled.status],
};

/**
 * The codes at the end of a canceled operation in words that two operations have in common: where the documentation
 * leaves open what it ends as, an implementation may decide so for one and otherwise for the next.
 */
export function endInCommon(codes: ShownCodes, met: CanceledWhile): string {
  const either = open[met];
  return codes.state === 3 && either.includes(codes.status) ? `(3, ${either.join(' or ')})` : pairText(codes);
}

/**
 * What the contract decides of a canceled operation at rest, so that another one that was canceled at the same moment
 * must show it too. Left out is what may differ from one operation to the next: the end that is documented both ways,
 * and with it outputs and error; times of one that never started; whether no outputs are null or an empty list.
 */
export function inCommon({ monitor, row, attempts }: OperationAtRest, met: CanceledWhile): unknown {
  const end = endInCommon({ state: Number(monitor['state']), status: Number(monitor['status']) }, met);
  const started = (attempts ?? 1) > 0;
  return {
    end,
    attempts,
    ...(row === undefined
      ? {}
      : {
          row: {
            end: endInCommon(
              {
                state: Number(row['backgroundoperationstatecode']),
                status: Number(row['backgroundoperationstatuscode']),
              },
              met,
            ),
            retrycount: row['retrycount'] ?? null,
            ...(started ? { starttime: row['starttime'] !== null, endtime: row['endtime'] !== null } : {}),
          },
        }),
    ...(met === 'idle'
      ? { outputs: Object.fromEntries(Object.entries(monitor).filter(([name]) => !apart.has(name))) }
      : {}),
  };
}

const apart: ReadonlySet<string> = new Set(['state', 'status', 'errorCode', 'errorMessage']);
