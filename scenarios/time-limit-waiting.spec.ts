import { pairs } from '../contract/vocabulary.ts';
import type { AttemptPlan } from '../harness/plan.ts';
import { sameCodes } from '../harness/reading.ts';
import { Words } from '../harness/expect.ts';
import { clause, expect, fail, proceed, succeed, test } from '../harness/test.ts';
import { expectCodes, pairText } from './support/codes.ts';
import { lastReading, requireSuccess, untilAttempts } from './support/passing.ts';
import { inSeconds, waitsOf } from './support/waits.ts';

const second = 1_000;

/** One attempt of 1:50. */
const almostTooLong: AttemptPlan = [proceed(110 * second), succeed()];

for (const failures of [1, 3]) {
  test(
    `waiting for retries MUST not count towards the limit, after ${failures} failures`,
    clause('time-limit.waiting-not-counted', { branch: `after ${failures} failures` }),
    async ({ submit, clock, target }) => {
      await requireSuccess(target, submit, [fail(), succeed()], 'retry.recovers');
      await requireSuccess(target, submit, [almostTooLong], 'time-limit.allows-below');
      const failing = Array.from({ length: failures }, (): AttemptPlan => [proceed(50 * second), fail()]);
      const operation = await submit({ attempts: [...failing, almostTooLong] });
      await untilAttempts(target, operation, failures + 1);
      const reading = await lastReading(target, operation);
      const waited = new Words(
        `${pairText(reading)}, after waits of ${inSeconds(waitsOf(operation, clock))}`,
      );
      expect(waited, 'the end of an operation whose last attempt took 1:50', reading).toSatisfy(
        sameCodes(reading, pairs.succeeded) && operation.attempts.length === failures + 1,
        `(3,30) in attempt ${failures + 1}`,
      );
    },
  );
}

test(
  'earlier attempts MUST not count towards the limit',
  clause('time-limit.waiting-not-counted', { branch: 'earlier attempts' }),
  async ({ submit, target }) => {
    await requireSuccess(target, submit, [fail(), fail(), succeed()], 'retry.recovers');
    await requireSuccess(target, submit, [almostTooLong], 'time-limit.allows-below');
    const long = proceed(110 * second);
    const failing = [long, fail('the error of the attempt itself')];
    const operation = await submit({ attempts: [failing, failing, [long, succeed()]] });
    await untilAttempts(target, operation, 3);
    const reading = await lastReading(target, operation);
    expectCodes(reading, 'the monitor after three attempts of 1:50', pairs.succeeded);
    expect(operation.attempts, 'length', 'the number of attempts').toBe(3);
  },
);

test(
  'waiting for the first attempt MUST not count towards the limit',
  clause('time-limit.waiting-not-counted', { branch: 'first attempt' }),
  async ({ submit, clock, target }) => {
    await requireSuccess(target, submit, [almostTooLong], 'time-limit.allows-below');
    // Each of these takes its two minutes beside the others; where resources are scarce some have to wait.
    const operations = [];
    for (let index = 0; index < 8; index += 1) operations.push(await submit({ attempts: [almostTooLong] }));
    await clock.advance(1);
    for (const operation of operations) {
      const reading = await lastReading(target, operation);
      expectCodes(reading, 'the monitor after an attempt of 1:50', pairs.succeeded);
    }
  },
);
