import type { Need } from '../contract/clause.ts';
import { errorCodes, members, pairs, table } from '../contract/vocabulary.ts';
import type { JsonObject } from '../harness/answer.ts';
import type { CheckTools } from '../harness/collect.ts';
import type { Operation } from '../harness/operation.ts';
import {
  isTerminal,
  readKeyValues,
  readMonitor,
  sameCodes,
  type MonitorReading,
} from '../harness/reading.ts';
import type { CallOptions } from '../harness/probe-calls.ts';
import { Blocked, clause, expect, fail, succeed, test } from '../harness/test.ts';
import { monitorError, rowError } from './support/errors.ts';
import { driveToRest, monitorBody, moments } from './support/moments.ts';
import { requireRest } from './support/no-operation.ts';
import { requireOutputs } from './support/outputs.ts';
import { probeOutputs } from './support/probe-outputs.ts';
import { sameValue } from './support/values.ts';

const stillMoments = [
  moments.waiting,
  moments.executing,
  moments.canceling,
  moments.succeeded,
  moments.recovered,
  moments.failed,
  moments.canceled,
  moments.canceledRunning,
  moments.canceledBetween,
];

for (const moment of stillMoments) {
  test(
    `reading the monitor MUST NOT change what a later read shows ${moment.when}`,
    clause('monitor.read-is-safe', moment),
    async ({ submit, clock, target }) => {
      await moment.enter({ submit, clock, target }, async (operation) => {
        const answered = await operation.getMonitor();
        const first = monitorBody(answered);
        const together = await Promise.all(Array.from({ length: 4 }, () => operation.getMonitor()));
        for (const answer of [...together, await operation.getMonitor()]) {
          expect(answer, 'status', `the status of a repeated read ${moment.when}`).toBe(answered.status);
          expect(monitorBody(answer), `the monitor, read again ${moment.when}`, answer).toEqual(first);
        }
        if (moment === moments.waiting)
          expect(operation.attempts, 'length', 'the executions after reading').toBe(0);
      });
    },
  );
}

test(
  'the result MUST NOT be gone after it was read for the first time',
  clause('monitor.read-is-safe', { branch: 'the first reading of the result' }),
  async ({ submit, clock, target }) => {
    const operation = await submit();
    const answered = await driveToRest({ clock, target }, operation);
    const first = monitorBody(answered);
    const again = await operation.getMonitor();
    expect(again, 'status', 'the status of the second reading').toBe(answered.status);
    expect(monitorBody(again), 'the monitor, read a second time', again).toEqual(first);
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
    for (const name of kept) expect(after, name, `${name} after the monitor was read`).toBe(before[name]);
  },
);

/** Demands that the monitor and the row of an operation at rest show the same. */
async function expectAgreement(
  { submit, clock, target }: Pick<CheckTools, 'submit' | 'clock' | 'target'>,
  operation: Operation,
): Promise<void> {
  await driveToRest({ clock, target }, operation);
  const monitor = readMonitor(await operation.getMonitor());
  const { row, ...codes } = await operation.rowWhen((reading) => sameCodes(reading, monitor));
  const again = readMonitor(await operation.getMonitor());
  if (!sameCodes(again, monitor)) throw new Blocked('state.terminal-is-final', again.answer.describe());
  if (!sameCodes(codes, monitor)) await requireRest(operation, clock);
  expect(codes.state, `${table.state} of the row`, row).toBe(monitor.state);
  expect(codes.status, `${table.status} of the row`, row).toBe(monitor.status);
  await expectSameError(operation, monitor, row);
  const differ = (): Promise<void> => requireOutputs({ submit, clock, target });
  await expectSameOutputs(operation, monitor.outputs, row['outputparameters'], differ);
}

/** Demands that both show the same error or none, where it is not for others to say which. */
async function expectSameError(
  operation: Operation,
  monitor: MonitorReading,
  row: JsonObject,
): Promise<void> {
  const attempts = operation.parts.play?.attempts;
  const noneFailed = attempts?.every(({ calls }) => calls.at(-1)?.answer?.outcome === 'succeed') ?? false;
  if (sameCodes(monitor, pairs.failed)) {
    if (attempts?.length === 0) throw new Blocked('state.canceled', monitor.answer.describe());
    await monitorError(operation);
    await rowError(operation);
  } else if (noneFailed) {
    if (members.errorCode in monitor.body || members.errorMessage in monitor.body)
      throw new Blocked('monitor.error-only-on-failure', monitor.answer.describe());
    if ((row['errorcode'] ?? row['errormessage'] ?? null) !== null)
      throw new Blocked('table.error-columns', 'the row has an error, though no attempt failed');
  } else {
    // Whether the error of an earlier attempt is shown is left open; where it is, it is a whole one.
    if (members.errorCode in monitor.body || members.errorMessage in monitor.body)
      await monitorError(operation);
    if ((row['errorcode'] ?? row['errormessage'] ?? null) !== null) await rowError(operation);
  }
  // As text: whether a code is a number is for others to say.
  expect(String(row['errorcode'] ?? ''), 'errorcode of the row', row).toBe(
    String(monitor.body[members.errorCode] ?? ''),
  );
  expect(row['errormessage'] ?? null, 'errormessage of the row', row).toBe(
    monitor.body[members.errorMessage] ?? null,
  );
}

/**
 * Demands that a row has the outputs that the monitor has, value types apart; `lacking` is asked first
 * where the monitor lacks one that the row has.
 */
async function expectSameOutputs(
  operation: Operation,
  monitor: JsonObject,
  column: unknown,
  lacking: () => Promise<void>,
): Promise<void> {
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
    if (shown === null && inRow !== null) await lacking();
    expect(
      inRow,
      `${name} in outputparameters, beside ${JSON.stringify(shown)} in the monitor`,
      monitor,
    ).toSatisfy(agree, 'the same value');
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
  'after failure': {
    options: { attempts: [fail(`long – 長い${' and longer'.repeat(50)}`)] },
    needs: ['probe', 'table', 'clock', 'slow'],
  },
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
      await expectAgreement({ submit, clock, target }, operation);
    },
  );
}

test(
  'monitor and row MUST show the same after a cancellation during the attempt',
  clause('monitor.agrees-with-row', { branch: 'canceled during the attempt', needs: ['probe', 'table'] }),
  async ({ submit, clock, target }) => {
    await moments.canceledRunning.enter({ submit, clock, target }, (operation) =>
      expectAgreement({ submit, clock, target }, operation),
    );
  },
);
