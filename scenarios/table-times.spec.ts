import type { JsonObject } from '../harness/answer.ts';
import type { Operation } from '../harness/operation.ts';
import {
  clause,
  expect,
  fail,
  Hold,
  NotReached,
  proceed,
  succeed,
  test,
  Undecided,
} from '../harness/test.ts';
import { moments } from './support/moments.ts';
import { requireRest } from './support/no-operation.ts';
import { missingRetry } from './support/passing.ts';

/** A target may keep whole seconds: two times that are the same may look a second apart. */
const precisionMs = 1_000;

/** The instant that a column shows, in epoch milliseconds; NaN where it shows none. */
function instant(row: JsonObject, column: string): number {
  const value = row[column];
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

/** An instant as a reader wants to see it. */
function shown(time: number): string {
  return Number.isNaN(time) ? 'no time' : new Date(time).toISOString();
}

/** Demands a time with date and zone, and gives it. */
function expectTime(row: JsonObject, column: string, when: string): number {
  expect(row, column, `${column} ${when}`).toMatch(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
    'a date and time with its zone',
  );
  return instant(row, column);
}

/** Demands that a time stands at the end of a span, as far as seconds tell. */
function expectNotBefore(row: JsonObject, time: number, earlier: number, subject: string): void {
  expect(shown(time), subject, row).toSatisfy(
    time >= earlier - precisionMs,
    `not before ${shown(earlier)} (less one second)`,
  );
}

function expectNear(row: JsonObject, time: number, expected: number, subject: string): void {
  expect(shown(time), subject, row).toSatisfy(
    Math.abs(time - expected) <= precisionMs,
    `${shown(expected)} (give or take one second)`,
  );
}

const ends = [
  moments.succeeded,
  moments.recovered,
  moments.failed,
  moments.canceledRunning,
  moments.canceledBetween,
];

for (const { when, branch, needs, enter } of ends) {
  test(
    `createdon, starttime and endtime MUST be there, in that order, ${when}`,
    clause('table.times', { branch, needs: [...needs, 'table'] }),
    async ({ submit, clock, target }) => {
      await enter({ submit, clock, target }, async (operation) => {
        const { row, state } = await operation.rowWhen((reading) => reading.state === 3);
        if (state !== 3) throw new Undecided(`the row shows the state ${String(state)} ${when}`);
        const created = expectTime(row, 'createdon', when);
        const started = expectTime(row, 'starttime', when);
        if ((row['endtime'] ?? null) === null) await requireRest(operation, clock);
        const ended = expectTime(row, 'endtime', when);
        expectNotBefore(row, started, created, `starttime, with createdon ${String(row['createdon'])}`);
        expectNotBefore(row, ended, started, `endtime, with starttime ${String(row['starttime'])}`);
      });
    },
  );
}

for (const { when, branch, needs, enter } of [moments.waiting, moments.canceled]) {
  test(
    `createdon MUST be there, ${when}`,
    clause('table.times', { branch, needs: [...needs, 'table'] }),
    async ({ submit, clock, target }) => {
      await enter({ submit, clock, target }, async (operation) => {
        const { row } = await operation.row();
        expectTime(row, 'createdon', when);
      });
    },
  );
}

test(
  'createdon and starttime MUST be there during the attempt, and stay as they are',
  clause('table.times', { branch: 'while it executes' }),
  async ({ submit }) => {
    const hold = new Hold(2_000);
    const operation = await submit({ attempts: [hold] });
    await operation.started();
    const { row: early } = await operation.rowWhen(({ state }) => state !== 0);
    hold.release(succeed());
    const created = expectTime(early, 'createdon', 'during the attempt');
    const started = expectTime(early, 'starttime', 'during the attempt');
    await operation.finished();
    const { row: late } = await operation.rowWhen(({ state }) => state === 3);
    expectNear(late, instant(late, 'createdon'), created, 'createdon after the end');
    expectNear(late, instant(late, 'starttime'), started, 'starttime after the end');
  },
);

test(
  'the times MUST be those of acceptance, first execution and end on the target’s own clock',
  clause('table.times', { branch: 'on a virtual clock', needs: ['probe', 'table', 'clock'] }),
  async ({ submit, clock }) => {
    await clock.advance(5_000);
    const accepted = await clock.now();
    const operation = await submit({ attempts: [[proceed(30_000), succeed()]] });
    await operation.finished();
    const { row } = await operation.rowWhen(({ state }) => state === 3);
    const calls = operation.attempts[0]?.calls.map((call) => call.time) ?? [];
    const [began = Number.NaN, ended = Number.NaN] = calls;
    if (calls.length !== 2 || calls.some(Number.isNaN))
      throw new Undecided(`the probe told ${calls.length} times of one attempt, not two`);
    expectNear(row, instant(row, 'createdon'), accepted, 'createdon');
    expectNear(row, instant(row, 'starttime'), began, 'starttime');
    expectNear(row, instant(row, 'endtime'), ended, 'endtime');
  },
);

test(
  'starttime MUST be null before the first attempt',
  clause('table.no-starttime-before-start'),
  async ({ submit, clock, target }) => {
    await moments.waiting.enter({ submit, clock, target }, async (operation) => {
      const { row } = await operation.row();
      expect(row['starttime'] ?? null, 'starttime while it waits', row).toBe(null);
    });
  },
);

for (const { when, branch, needs, enter } of [
  moments.waiting,
  moments.executing,
  moments.awaitingRetry,
  moments.canceling,
]) {
  test(
    `endtime MUST be null until the operation is terminal, ${when}`,
    clause('table.no-endtime-before-end', { branch, needs: [...needs, 'table'] }),
    async ({ submit, clock, target }) => {
      await enter({ submit, clock, target }, async (operation) => {
        const { row, state } = await operation.row();
        if (state === 3 && when === moments.awaitingRetry.when)
          throw new NotReached(await missingRetry(operation), 'its first failure was its end');
        if (state === 3) throw new Undecided(`the row shows state 3 already, ${when}`);
        expect(row['endtime'] ?? null, `endtime ${when}`, row).toBe(null);
      });
    },
  );
}

/** A column of the row as a word: its distance in seconds from creation. */
async function distance(operation: Operation, column: string): Promise<string> {
  const { row } = await operation.row();
  const seconds = (instant(row, column) - instant(row, 'createdon')) / 1_000;
  return Number.isNaN(seconds) ? `no ${column}` : `${column} ${seconds} s after createdon`;
}

test(
  'starttime MAY move with a retry',
  clause('table.times-edge-cases', { branch: 'after a retry' }),
  async ({ submit, observe }) => {
    const operation = await submit({ attempts: [fail(), succeed()] });
    await operation.finished();
    observe(
      `after ${operation.attempts.length} attempts the row has ${await distance(operation, 'starttime')}`,
    );
  },
);

test(
  'an operation that never started MAY have times',
  clause('table.times-edge-cases', { branch: 'canceled before its start' }),
  async ({ submit, observe }) => {
    const operation = await submit();
    await operation.canceled();
    await operation.finished();
    observe(`canceled before its start, the row has ${await distance(operation, 'starttime')}`);
    observe(`canceled before its start, the row has ${await distance(operation, 'endtime')}`);
  },
);
