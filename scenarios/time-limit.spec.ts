import { limits, pairs } from '../contract/vocabulary.ts';
import type { Operation } from '../harness/operation.ts';
import type { AttemptPlan } from '../harness/plan.ts';
import { isTerminal, sameCodes, type MonitorReading } from '../harness/reading.ts';
import { show, Words } from '../harness/expect.ts';
import { Blocked, clause, expect, fail, Hold, proceed, succeed, test, Undecided } from '../harness/test.ts';
import { monitorError, rowError } from './support/errors.ts';
import { ways } from './support/canceling.ts';
import { requireOutputs } from './support/outputs.ts';
import { expectCodes, pairText, shownPair } from './support/codes.ts';
import { lastReading, requireSuccess, requireTime, untilAttempts } from './support/passing.ts';

const second = 1_000;
const late = { Text: 'too late' };

/** Attempts that run longer than any target lets them, and would succeed then. */
const tooLong: readonly { branch: string; plan: AttemptPlan; real?: true }[] = [
  { branch: 'in one go', plan: [proceed(150 * second), succeed(late)], real: true },
  {
    branch: 'a second beyond 2:20',
    plan: [proceed(limits.attemptGraceMilliseconds + second), succeed(late)],
  },
  {
    branch: 'in many small steps',
    plan: [...Array.from({ length: 15 }, () => proceed(10 * second)), succeed(late)],
  },
  { branch: 'for hours', plan: [proceed(3 * 60 * 60 * second), succeed(late)] },
];

for (const { branch, plan, real } of tooLong) {
  test(
    `an attempt that runs longer than two minutes MUST fail, ${branch}`,
    clause('time-limit.fails-beyond', {
      branch,
      needs: real === true ? ['probe', 'clock', 'slow'] : ['probe', 'clock'],
    }),
    async ({ submit, target }) => {
      requireTime(target, 2 * limits.attemptGraceMilliseconds);
      // A retry, where there is one, may succeed: only the long attempt must not.
      const operation = await submit({ attempts: [plan, succeed({ Text: 'in time' })] });
      const reading = await lastReading(target, operation);
      const text = reading.outputs['Text'];
      const retried = operation.attempts.length > 1;
      expect(
        new Words(`${pairText(reading)} with the output ${show(text ?? null)}`),
        'the end of an operation whose first attempt ran too long',
        reading,
      ).toSatisfy(
        retried ? text !== late.Text : endedOtherwise(reading),
        'that of an attempt that failed, or a retry of it',
      );
    },
  );
}

test(
  'an attempt that runs longer than two minutes MUST fail when it is a retry',
  clause('time-limit.fails-beyond', { branch: 'a retry', needs: ['probe', 'clock'] }),
  async ({ submit, target }) => {
    const plan = [fail(), [proceed(150 * second), succeed(late)], succeed({ Text: 'in time' })];
    const operation = await submit({ attempts: plan });
    await untilAttempts(target, operation, 2);
    const reading = await lastReading(target, operation);
    const text = reading.outputs['Text'];
    expect(
      `${pairText(reading)} with the output ${JSON.stringify(text ?? null)}`,
      'the end of an operation whose first retry ran too long',
      reading,
    ).toSatisfy(
      operation.attempts.length > 2 ? text !== late.Text : endedOtherwise(reading),
      'that of an attempt that failed, or a further retry of it',
    );
  },
);

test(
  'an operation whose every attempt runs too long MUST fail',
  clause('time-limit.fails-beyond', { branch: 'every attempt', needs: ['probe', 'clock'] }),
  async ({ submit, target }) => {
    const operation = await submit({ attempts: [[proceed(150 * second), succeed(late)]] });
    const reading = await lastReading(target, operation);
    expect(shownPair(reading), 'the codes of the monitor after time-outs', reading).toSatisfy(
      endedOtherwise(reading),
      '(3,31)',
    );
  },
);

test(
  'an attempt that comes to its end beyond its limit MUST leave no outputs where it failed',
  clause('monitor.outputs-only-on-success', {
    branch: 'after an attempt of 2:10',
    needs: ['probe', 'clock'],
  }),
  async ({ submit, target }) => {
    const operation = await submit({ attempts: [[proceed(130 * second), succeed(late)]] });
    const reading = await lastReading(target, operation);
    // Until 2:20 a target may let it succeed.
    if (reading.status === 31)
      expect(reading.outputs, 'Text', 'the output of an attempt that was too long').toBeAbsent();
  },
);

test(
  'an attempt that never comes to an end MUST be ended as failed',
  clause('time-limit.fails-beyond', { branch: 'without end', needs: ['probe', 'clock'] }),
  async ({ submit, target }) => {
    const hold = new Hold(30 * second);
    const operation = await submit({ attempts: [hold] });
    const reading = await lastReading(target, operation);
    hold.release(fail());
    expect(shownPair(reading), 'the codes of the monitor after an attempt without end', reading).toSatisfy(
      endedOtherwise(reading),
      '(3,31)',
    );
  },
);

test(
  'each of several attempts that run too long at once MUST fail',
  clause('time-limit.fails-beyond', { branch: 'side by side', needs: ['probe', 'clock'] }),
  async ({ submit, clock }) => {
    const day = 24 * 60 * 60 * second;
    const operations = [];
    for (let count = 0; count < 4; count += 1) {
      operations.push(await submit({ attempts: [[proceed(2_500), proceed(day), succeed(late)]] }));
      // Each asks again when others have begun.
      await clock.advance(second);
    }
    // By then each has ended, or a further attempt of it has begun.
    for (let passed = 0; passed < 12; passed += 1) await clock.advance(60 * 60 * second);
    for (const [index, operation] of operations.entries()) {
      const reading = await operation.monitor();
      // What is executed before its submission was answered is ended at once.
      operation.parts.raise();
      if (operation.attempts.length === 0)
        throw new Undecided(`attempt ${index + 1} of 4 did not begin beside the others`);
      expect(
        new Words(`${pairText(reading)} after ${operation.attempts.length} attempts`),
        `the state twelve hours after attempt ${index + 1} of 4 began, which would take a day`,
        reading,
      ).toSatisfy(operation.attempts.length > 1 || endedOtherwise(reading), 'an end, or another attempt');
    }
  },
);

for (const { way, name, needs } of ways)
  test(
    `an attempt that never comes to an end MUST be ended although it was canceled by ${name}`,
    clause('time-limit.fails-beyond', {
      branch: `without end, canceled by ${name}`,
      needs: ['probe', 'clock', ...needs],
    }),
    async ({ submit, target }) => {
      requireTime(target, limits.attemptGraceMilliseconds);
      const hold = new Hold(30 * second);
      const operation = await submit({ attempts: [hold] });
      await operation.started();
      await operation.canceled(way);
      const reading = await lastReading(target, operation);
      hold.release(fail());
      expect(shownPair(reading), 'the codes after a canceled attempt without end', reading).toSatisfy(
        endedOtherwise(reading),
        '(3,31) or (3,32)',
      );
    },
  );

/** One attempt of 1:50. */
const almostTooLong: AttemptPlan = [proceed(110 * second), succeed()];

/** Attempts within the limit. */
const withinLimit: readonly { branch: string; plan: AttemptPlan; real?: true }[] = [
  { branch: 'in one go', plan: almostTooLong, real: true },
  { branch: 'in small steps', plan: [...Array.from({ length: 11 }, () => proceed(10 * second)), succeed()] },
];

for (const { branch, plan, real } of withinLimit) {
  test(
    `an attempt of 1:50 MUST complete, ${branch}`,
    clause('time-limit.allows-below', {
      branch,
      needs: real === true ? ['probe', 'clock', 'slow'] : ['probe', 'clock'],
    }),
    async ({ submit, clock, target }) => {
      requireTime(target, limits.attemptGraceMilliseconds);
      await requireSuccess(target, submit, [succeed()], 'state.succeeded');
      const operation = await submit({ attempts: [plan] });
      const reading = await lastReading(target, operation);
      expectCodes(reading, 'the monitor after an attempt of 1:50', pairs.succeeded);
      expect(operation.attempts, 'length', 'the number of attempts').toBe(1);
      if (reading.outputs['Text'] !== 'done') await requireOutputs({ submit, clock, target });
      expect(reading.outputs, 'Text', 'the output Text').toBe('done');
    },
  );
}

test(
  'an attempt of 1:50 MUST complete when it is a retry',
  clause('time-limit.allows-below', { branch: 'a retry', needs: ['probe', 'clock'] }),
  async ({ submit, target }) => {
    await requireSuccess(target, submit, [fail(), succeed()], 'retry.recovers');
    const operation = await submit({ attempts: [fail(), almostTooLong] });
    await untilAttempts(target, operation, 2);
    const reading = await lastReading(target, operation);
    expectCodes(reading, 'the monitor after a retry of 1:50', pairs.succeeded);
    expect(operation.attempts, 'length', 'the number of attempts').toBe(2);
  },
);

test(
  'attempts that run at the same time MUST complete within two minutes each',
  clause('time-limit.allows-below', { branch: 'side by side', needs: ['probe', 'clock'] }),
  async ({ submit, clock, target }) => {
    requireTime(target, limits.attemptGraceMilliseconds);
    await requireSuccess(target, submit, [succeed()], 'state.succeeded');
    const lengths = [110, 30, 90, 10, 70, 100, 50, 105, 20, 80, 60, 40];
    const begun = async (some: readonly number[]): Promise<Operation[]> =>
      Promise.all(some.map((length) => submit({ attempts: [[proceed(length * second), succeed()]] })));
    const first = await begun(lengths.slice(0, 6));
    // What is counted for all from when the first began is over too soon for those that begin later.
    if (clock.virtual) await clock.advance(30 * second);
    const operations = [...first, ...(await begun(lengths.slice(6)))];
    for (const [index, operation] of operations.entries()) {
      const reading = await lastReading(target, operation);
      expectCodes(
        reading,
        `the monitor after an attempt of ${lengths[index]} s beside others`,
        pairs.succeeded,
      );
      expect(operation.attempts, 'length', `the number of attempts of ${lengths[index]} s`).toBe(1);
    }
  },
);

test(
  'a time-out SHOULD have an error code other than zero, and a message',
  clause('time-limit.error-code'),
  async ({ submit, target }) => {
    requireTime(target, 8 * limits.attemptGraceMilliseconds);
    // At once: on a real clock each takes its time. One that comes back soon after two minutes may be let off.
    const lengths = target.clock.virtual ? [150, 122, 130] : [150];
    const operations = await Promise.all(
      lengths.map((length) => submit({ attempts: [[proceed(length * second), succeed(late)]] })),
    );
    for (const [index, operation] of operations.entries()) {
      const reading = await operation.finished();
      if (index > 0 && reading.status !== pairs.failed.status) continue;
      requireTimeOut(reading);
      const after = `after a time-out of an attempt of ${lengths[index]} s`;
      const errors = new Map([['monitor', await monitorError(operation)]]);
      if (target.offers.table) errors.set('row', await rowError(operation));
      for (const [resource, error] of errors) {
        expect(error, 'code', `the error code of the ${resource} ${after}`).toBeInteger();
        expect(error, 'code', `the error code of the ${resource} ${after}`).toSatisfy(
          error.code !== 0,
          'other than 0',
        );
        expect(error, 'message', `the error message of the ${resource} ${after}`).toMatch(/\S/, 'a text');
      }
    }
  },
);

test(
  'an attempt that timed out MAY be retried',
  clause('time-limit.per-attempt'),
  async ({ submit, observe }) => {
    const operation = await submit({ attempts: [[proceed(150 * second), succeed(late)]] });
    const reading = await operation.settled();
    const numbers = new Set(operation.attempts.flatMap(({ calls }) => calls.map((call) => call.attempt)));
    observe(
      `An operation whose every attempt timed out made ${numbers.size} attempts and ended as ${pairText(reading)} with error ${String(reading.errorCode)}.`,
    );
  },
);

/** At an end that is no success; that it is (3,31) is for `state.failed` to say. */
function endedOtherwise(reading: MonitorReading): boolean {
  return isTerminal(reading) && !sameCodes(reading, pairs.succeeded);
}

function requireTimeOut(reading: MonitorReading): void {
  if (!endedOtherwise(reading)) throw new Blocked('time-limit.fails-beyond', pairText(reading));
}
