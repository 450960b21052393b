import type { Need } from '../contract/clause.ts';
import { errorCodes, members, table } from '../contract/vocabulary.ts';
import type { JsonObject } from '../harness/answer.ts';
import type { CheckTools } from '../harness/collect.ts';
import type { Operation } from '../harness/operation.ts';
import { isTerminal, readKeyValues, readMonitor, sameCodes } from '../harness/reading.ts';
import type { CallOptions } from '../harness/probe.ts';
import { Blocked, clause, expect, fail, succeed, test } from '../harness/test.ts';
import { driveToRest, monitorBody, moments } from './support/moments.ts';
import { probeOutputs } from './support/probe-outputs.ts';
import { sameValue } from './support/values.ts';

const stillMoments = [
  moments.waiting,
  moments.executing,
  moments.canceling,
  moments.succeeded,
  moments.failed,
  moments.canceled,
];

for (const moment of stillMoments) {
  test(
    `reading the monitor MUST NOT change what a later read shows ${moment.when}`,
    clause('monitor.read-is-safe', moment),
    async ({ submit, clock, target }) => {
      await moment.enter({ submit, clock, target }, async (operation) => {
        const first = monitorBody(await operation.getMonitor());
        const together = await Promise.all(Array.from({ length: 4 }, () => operation.getMonitor()));
        for (const answer of [...together, await operation.getMonitor()]) {
          expect(answer.status, `the status of a repeated read ${moment.when}`).toBe(200);
          expect(answer.object(), `the monitor, read again ${moment.when}`).toEqual(first);
        }
        if (moment === moments.waiting)
          expect(operation.attempts.length, 'the executions after reading').toBe(0);
      });
    },
  );
}

test(
  'the result MUST NOT be gone after it was read for the first time',
  clause('monitor.read-is-safe', { branch: 'the first reading of the result' }),
  async ({ submit, clock, target }) => {
    const operation = await submit();
    const first = monitorBody(await driveToRest({ clock, target }, operation));
    const again = await operation.getMonitor();
    expect(again.status, 'the status of the second reading').toBe(200);
    expect(again.object(), 'the monitor, read a second time').toEqual(first);
  },
);

test(
  'reading the monitor MUST NOT change the row',
  clause('monitor.read-is-safe', { branch: 'the row', needs: ['probe', 'table'] }),
  async ({ submit, clock, target }) => {
    const operation = await submit();
    await driveToRest({ clock, target }, operation);
    const { row: before } = await operation.rowWhen(isTerminal);
    for (let turn = 0; turn < 3; turn += 1) await operation.getMonitor();
    const kept = ['modifiedon', 'versionnumber', 'ttlinseconds', '@odata.etag'] as const;
    const same = (row: JsonObject): boolean => kept.every((name) => row[name] === before[name]);
    const { row: after } = await operation.rowWhen(({ row }) => same(row));
    for (const name of kept) expect(after[name], `${name} after the monitor was read`).toBe(before[name]);
  },
);

/** Demands that the monitor and the row of an operation at rest show the same. */
async function expectAgreement(
  { clock, target }: Pick<CheckTools, 'clock' | 'target'>,
  operation: Operation,
): Promise<void> {
  await driveToRest({ clock, target }, operation);
  const monitor = readMonitor(await operation.getMonitor());
  const { row, ...codes } = await operation.rowWhen((reading) => sameCodes(reading, monitor));
  expect(codes.state, `${table.state} of the row`).toBe(monitor.state);
  expect(codes.status, `${table.status} of the row`).toBe(monitor.status);
  // As text: whether a code is a number is for others to say.
  expect(String(row['errorcode'] ?? ''), 'errorcode of the row').toBe(
    String(monitor.body[members.errorCode] ?? ''),
  );
  expect(row['errormessage'] ?? null, 'errormessage of the row').toBe(
    monitor.body[members.errorMessage] ?? null,
  );
  expectSameOutputs(operation, monitor.outputs, row['outputparameters']);
}

/** Demands that a row has the outputs that the monitor has, value types apart. */
function expectSameOutputs(operation: Operation, monitor: JsonObject, column: unknown): void {
  const pairs = column === null || column === undefined ? new Map<string, unknown>() : readKeyValues(column);
  if (pairs === undefined) throw new Blocked('table.outputparameters', `the column is ${String(column)}`);
  const sent = operation.outputs;
  for (const name of new Set([...Object.keys(sent), ...probeOutputs, ...pairs.keys()])) {
    const [shown, inRow] = [monitor[name] ?? null, pairs.get(name) ?? null];
    const agree =
      shown === null || inRow === null
        ? shown === inRow
        : sameValue(name, shown, inRow) ||
          (sameValue(name, sent[name], shown) && sameValue(name, sent[name], inRow));
    expect(inRow, `${name} in outputparameters, beside ${JSON.stringify(shown)} in the monitor`).toSatisfy(
      agree,
      'the same value',
    );
  }
}

const outputs = {
  Text: 'agreement – 合意 \u{1F91D}',
  Count: 0,
  Flag: false,
  Amount: 12.5,
  When: '2026-05-06T07:08:09Z',
  Id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
};

interface Ending {
  readonly options?: CallOptions;
  readonly needs: readonly Need[];
  readonly cancel?: boolean;
}

const endings: Readonly<Record<string, Ending>> = {
  'after success': { needs: ['probe', 'table'] },
  'after success with every type of output': {
    options: { attempts: [succeed(outputs)] },
    needs: ['probe', 'table'],
  },
  'after failure': { options: { attempts: [fail()] }, needs: ['probe', 'table', 'clock', 'slow'] },
  'after an error of the platform': {
    options: { attempts: [fail('Access is denied. – 拒否', errorCodes.accessDenied)] },
    needs: ['probe', 'table', 'clock', 'slow'],
  },
  'after recovery': {
    options: { attempts: [fail(), succeed()] },
    needs: ['probe', 'table', 'clock', 'slow'],
  },
  'after cancellation': { needs: ['probe', 'table', 'clock'], cancel: true },
};

for (const [when, { options, needs, cancel }] of Object.entries(endings)) {
  test(
    `monitor and row MUST show the same ${when}`,
    clause('monitor.agrees-with-row', { branch: when, needs }),
    async ({ submit, clock, target }) => {
      const operation = await submit(options);
      if (cancel === true) await operation.canceled();
      await expectAgreement({ clock, target }, operation);
    },
  );
}
