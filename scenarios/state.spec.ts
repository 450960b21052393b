import { limits, pairs } from '../contract/vocabulary.ts';
import type { CancelWay, Operation } from '../harness/operation.ts';
import { isTerminal, readRow, sameCodes, type MonitorReading } from '../harness/reading.ts';
import { Blocked, clause, fail, Hold, proceed, succeed, test } from '../harness/test.ts';
import { expectCodes, pairText } from './support/codes.ts';
import { lastReading, requireOutcome, untilAttempts, untilCalls } from './support/passing.ts';

test(
  'an accepted operation MUST be (0,0) before its first attempt, however often it is read',
  clause('state.waiting'),
  async ({ submit, target }) => {
    const operation = await submit();
    for (let read = 0; read < 2; read += 1) {
      expectCodes(await operation.monitor(), 'the monitor before the first attempt', pairs.waiting);
      if (!target.offers.table) continue;
      // Time must stand still here, so an elastic row that is not readable yet decides nothing.
      const answer = await operation.getRow();
      if (answer.status !== 404)
        expectCodes(readRow(answer), 'the row before the first attempt', pairs.waiting);
    }
  },
);

test(
  'an operation MUST be (2,20) from the first to the last moment of its attempt',
  clause('state.executing', { branch: 'monitor' }),
  async ({ submit, target }) => {
    const hold = new Hold(1_000);
    const operation = await submit({
      attempts: [hold],
      during: {
        1: async (running) =>
          expectCodes(await running.monitor(), 'the monitor as the attempt starts', pairs.inProgress),
      },
    });
    await operation.started();
    expectCodes(await operation.monitor(), 'the monitor during the attempt', pairs.inProgress);
    await untilCalls(target, operation, 3);
    expectCodes(await operation.monitor(), 'the monitor later in the attempt', pairs.inProgress);
    hold.release(succeed());
    await operation.finished();
  },
);

test(
  'the row of an operation MUST be (2,20) during its attempt',
  clause('state.executing', { branch: 'row', needs: ['probe', 'table'] }),
  async ({ submit }) => {
    const hold = new Hold(1_000);
    const operation = await submit({ attempts: [hold] });
    await operation.started();
    const reading = await operation.rowWhen((row) => sameCodes(row, pairs.inProgress));
    expectCodes(reading, 'the row during the attempt', pairs.inProgress);
    hold.release(succeed());
    await operation.finished();
  },
);

test(
  'an operation MUST be (2,20) during a retry too',
  clause('state.executing', { branch: 'retry', needs: ['probe', 'clock', 'slow'] }),
  async ({ submit, target }) => {
    const operation = await submit({
      attempts: [fail(), [proceed(2_000), succeed()]],
      during: {
        2: async (running) =>
          expectCodes(await running.monitor(), 'the monitor as the retry starts', pairs.inProgress),
      },
    });
    await untilAttempts(target, operation, 2);
    await operation.finished();
  },
);

const ways: readonly CancelWay[] = ['delete', 'patch'];

for (const way of ways) {
  test(
    `an operation MUST be (2,22) during its attempt once it was canceled by ${way.toUpperCase()}`,
    clause('state.executing', {
      branch: `canceled by ${way.toUpperCase()}`,
      needs: way === 'patch' ? ['probe', 'table'] : ['probe'],
    }),
    async ({ submit, target }) => {
      const hold = new Hold(1_000);
      const operation = await submit({ attempts: [hold] });
      await operation.started();
      await operation.canceled(way);
      expectCanceling(await operation.monitor(), 'the monitor after the cancellation');
      await untilCalls(target, operation, 3);
      expectCanceling(await operation.monitor(), 'the monitor later in the canceled attempt');
      hold.release(succeed());
      await operation.finished();
    },
  );
}

function expectCanceling(reading: MonitorReading, subject: string): void {
  // Then the target believes the attempt to be over, and this is no moment during one to it.
  if (isTerminal(reading)) throw new Blocked('cancel.running-is-not-stopped', pairText(reading));
  // It executes, and shows so: that it does not show its cancellation is another clause.
  if (sameCodes(reading, pairs.inProgress)) throw new Blocked('cancel.shows-canceling', pairText(reading));
  expectCodes(reading, subject, pairs.canceling);
}

test(
  'an operation whose attempt succeeded MUST end as (3,30)',
  clause('state.succeeded', { branch: 'monitor' }),
  async ({ submit, target }) => {
    const operation = await submit();
    const reading = await lastReading(target, operation);
    requireOutcome(operation, 'succeed');
    expectCodes(reading, 'the monitor after success', pairs.succeeded);
  },
);

test(
  'the row of an operation whose attempt succeeded MUST end as (3,30)',
  clause('state.succeeded', { branch: 'row', needs: ['probe', 'table'] }),
  async ({ submit }) => {
    const operation = await submit();
    await operation.finished();
    requireOutcome(operation, 'succeed');
    expectCodes(await lastRow(operation), 'the row after success', pairs.succeeded);
  },
);

test(
  'an operation whose attempt succeeded without outputs MUST end as (3,30)',
  clause('state.succeeded', { branch: 'without outputs' }),
  async ({ submit, target }) => {
    const operation = await submit({ attempts: [succeed({})] });
    const reading = await lastReading(target, operation);
    requireOutcome(operation, 'succeed');
    expectCodes(reading, 'the monitor after success without outputs', pairs.succeeded);
  },
);

test(
  'an operation whose every attempt failed MUST end as (3,31)',
  clause('state.failed', { branch: 'monitor' }),
  async ({ submit, target }) => {
    const operation = await submit({ attempts: [fail()] });
    const reading = await lastReading(target, operation);
    requireOutcome(operation, 'fail');
    const attempts = operation.parts.play?.attempts.length ?? 0;
    if (attempts > limits.retries + 1) throw new Blocked('retry.at-most-three', `${attempts} attempts came`);
    expectCodes(reading, 'the monitor after the last failure', pairs.failed);
  },
);

test(
  'an operation whose every attempt took too long MUST end as (3,31)',
  clause('state.failed', { branch: 'time limit', needs: ['probe', 'clock'] }),
  async ({ submit, target }) => {
    const operation = await submit({ attempts: [[proceed(150_000), succeed()]] });
    const reading = await lastReading(target, operation);
    if (!isTerminal(reading) || sameCodes(reading, pairs.succeeded))
      throw new Blocked('time-limit.fails-beyond', pairText(reading));
    expectCodes(reading, 'the monitor after time-outs', pairs.failed);
  },
);

test(
  'the row of an operation whose every attempt failed MUST end as (3,31)',
  clause('state.failed', { branch: 'row', needs: ['probe', 'table', 'clock', 'slow'] }),
  async ({ submit }) => {
    const operation = await submit({ attempts: [fail()] });
    await operation.finished();
    requireOutcome(operation, 'fail');
    expectCodes(await lastRow(operation), 'the row after the last failure', pairs.failed);
  },
);

for (const way of ways) {
  test(
    `an operation that was canceled by ${way.toUpperCase()} before it started MUST end as (3,32)`,
    clause('state.canceled', {
      branch: `by ${way.toUpperCase()}`,
      needs: way === 'patch' ? ['probe', 'table', 'clock'] : ['probe', 'clock'],
    }),
    async ({ submit, target }) => {
      const operation = await submit();
      await operation.canceled(way);
      const reading = await lastReading(target, operation);
      const attempts = operation.parts.play?.attempts.length ?? 0;
      if (attempts > 0)
        throw new Blocked('cancel.before-start-never-executes', `${attempts} attempts were made`);
      expectCodes(reading, 'the monitor after the cancellation', pairs.canceled);
      if (!target.offers.table) return;
      expectCodes(await lastRow(operation), 'the row after the cancellation', pairs.canceled);
    },
  );
}

function lastRow(operation: Operation): Promise<{ state: number; status: number }> {
  return operation.rowWhen(isTerminal);
}
