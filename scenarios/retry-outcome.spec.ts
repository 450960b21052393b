import { errorCodes, pairs } from '../contract/vocabulary.ts';
import { isTerminal } from '../harness/reading.ts';
import { Blocked, NotReached, clause, expect, fail, Hold, succeed, test } from '../harness/test.ts';
import { expectCodes } from './support/codes.ts';
import { monitorError } from './support/errors.ts';
import { requireOutputs } from './support/outputs.ts';
import {
  attemptsCome,
  lastReading,
  missingRetry,
  requireSuccess,
  untilAttempts,
  untilBetween,
} from './support/passing.ts';

const recovered = { Text: 'told in the end', Count: 7, Flag: false };

for (const failures of [1, 2, 3]) {
  test(
    `an operation that succeeds after ${failures} failures MUST end as (3,30) with the outputs of that attempt`,
    clause('retry.recovers', { branch: `after ${failures} failures` }),
    async ({ submit, clock, target }) => {
      const failing = Array.from({ length: failures }, (_none, index) => fail(`failure ${index + 1}`));
      const operation = await submit({ attempts: [...failing, succeed(recovered)] });
      await untilAttempts(target, operation, failures + 1);
      await requireSuccess(target, submit, [succeed()], 'state.succeeded');
      const reading = await lastReading(target, operation);
      expectCodes(reading, `the monitor after ${failures} failures and a success`, pairs.succeeded);
      if (reading.outputs['Text'] !== recovered.Text) await requireOutputs({ submit, clock, target });
      expect(reading.outputs, 'Text', 'the output Text').toBe(recovered.Text);
      expect(Number(reading.outputs['Count']), 'the output Count', reading).toBe(recovered.Count);
    },
  );
}

for (const retries of [0, 1, 2, 3]) {
  test(
    `retrycount of an operation that succeeded after ${inWords(retries)} MUST be ${retries}`,
    clause('retry.count', {
      branch: `success after ${inWords(retries)}`,
      needs: retries === 0 ? ['probe', 'table'] : ['probe', 'table', 'clock', 'slow'],
    }),
    async ({ submit }) => {
      const failing = Array.from({ length: retries }, () => fail());
      const operation = await submit({ attempts: [...failing, succeed()] });
      await operation.finished();
      if (operation.attempts.length !== retries + 1)
        throw new NotReached(await missingRetry(operation), 'its end came without all of its retries');
      const { row } = await operation.rowWhen(isTerminal);
      expect(row, 'retrycount', `retrycount after ${retries + 1} attempts`).toBe(retries);
    },
  );
}

test(
  'retrycount of an operation that failed in the end MUST be the number of retries',
  clause('retry.count', { branch: 'failure' }),
  async ({ submit }) => {
    const operation = await submit({ attempts: [fail()] });
    await operation.finished();
    const { row } = await operation.rowWhen(isTerminal);
    const attempts = operation.attempts.length;
    expect(row, 'retrycount', `retrycount after ${attempts} attempts`).toBe(attempts - 1);
  },
);

test(
  'retrycount of an operation that was canceled in a retry MUST be the number of retries',
  clause('retry.count', { branch: 'cancellation' }),
  async ({ submit, target }) => {
    const hold = new Hold(1_000);
    const operation = await submit({ attempts: [fail(), [hold]] });
    await untilAttempts(target, operation, 2);
    await operation.canceled();
    hold.release(fail());
    await operation.finished();
    const { row } = await operation.rowWhen(isTerminal);
    const attempts = operation.attempts.length;
    expect(row, 'retrycount', `retrycount after ${attempts} attempts`).toBe(attempts - 1);
  },
);

test(
  'retrycount of an operation that was canceled before its first retry MUST be 0',
  clause('retry.count', { branch: 'cancellation before a retry', needs: ['probe', 'table', 'clock'] }),
  async ({ submit }) => {
    const operation = await submit({ attempts: [fail()] });
    await untilBetween(operation);
    await operation.canceled();
    await operation.finished();
    const attempts = operation.attempts.length;
    if (attempts !== 1) throw new Blocked('cancel.no-retry-while-waiting', `${attempts} attempts were made`);
    const { row } = await operation.rowWhen(isTerminal);
    expect(row, 'retrycount', 'retrycount after one attempt').toBe(0);
  },
);

const messages = ['the first error', 'the second error', 'the third error', 'the last error'];

test(
  'the error at the end SHOULD be that of the last attempt',
  clause('retry.last-error'),
  async ({ submit, target }) => {
    const operation = await submit({ attempts: messages.map((message) => fail(message)) });
    await attemptsCome(target, operation, 4);
    const reading = await operation.finished();
    const told = operation.attempts.at(-1)?.calls.at(-1)?.answer;
    const last = told?.outcome === 'fail' ? told.errorMessage : 'an error';
    await monitorError(operation);
    expect(reading.errorMessage, "the monitor's error message", reading).toContain(last);
    if (!target.offers.table) return;
    const { row } = await operation.rowWhen(isTerminal);
    expect(row, 'errormessage', 'errormessage of the row').toContain(last);
  },
);

test(
  'the error at the end SHOULD be that of the last attempt, also when an earlier one was of another kind',
  clause('retry.last-error', { branch: 'different codes' }),
  async ({ submit, target }) => {
    const last = fail('at last the platform', errorCodes.accessDenied);
    const operation = await submit({ attempts: [fail('an error of its own'), last] });
    await untilAttempts(target, operation, 2);
    const reading = await operation.finished();
    await monitorError(operation);
    expect(reading.errorMessage, "the monitor's error message", reading).toContain('at last the platform');
  },
);

function inWords(retries: number): string {
  return retries === 1 ? 'one retry' : `${retries} retries`;
}
