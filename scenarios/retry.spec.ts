import { errorCodes } from '../contract/vocabulary.ts';
import { show } from '../harness/expect.ts';
import { oddAnswers } from '../harness/plan.ts';
import {
  Blocked,
  NotReached,
  NotTestable,
  clause,
  expect,
  fail,
  proceed,
  succeed,
  test,
} from '../harness/test.ts';
import { closedUrl } from './support/closed-url.ts';
import { noneCome } from './support/further.ts';
import { attemptsCome, untilAttempts } from './support/passing.ts';
import { passes, watches } from './support/waiting.ts';

/** Longer than any wait before a further retry could be, after three waits that fit into three days. */
const tenDays = 10 * 24 * 60 * 60 * 1_000;

test('a failed attempt MUST be followed by another', clause('retry.on-error'), async ({ submit, target }) => {
  const operation = await submit({ attempts: [fail(), succeed()] });
  await operation.started();
  const retried = await attemptsCome(target, operation, 2);
  expect(retried, 'whether a second attempt came after the first had failed').toBe(true);
});

test(
  'an attempt that failed after a while MUST be followed by another',
  clause('retry.on-error', { branch: 'after a while' }),
  async ({ submit, target }) => {
    const operation = await submit({ attempts: [[proceed(2_000), fail()], succeed()] });
    await operation.started();
    const retried = await attemptsCome(target, operation, 2);
    expect(retried, 'whether a second attempt came after the first had failed').toBe(true);
  },
);

test(
  'an attempt that went wrong by itself MUST be followed by another, whatever went wrong',
  clause('retry.on-error', { branch: 'unplanned failures' }),
  async ({ submit, target }) => {
    const operations = await Promise.all(oddAnswers.map((odd) => submit({ attempts: [odd, succeed()] })));
    for (const [index, operation] of operations.entries()) {
      await operation.started();
      const odd = oddAnswers[index];
      const failure = `the first answered ${odd?.status} with ${show(odd?.body)}`;
      const retried = await attemptsCome(target, operation, 2);
      expect(retried, `whether a second attempt came after ${failure}`).toBe(true);
    }
  },
);

for (const [what, error] of [
  ["an error that is not the platform's", fail()],
  ["the platform's error", fail('Access is denied.', errorCodes.accessDenied)],
] as const) {
  test(
    `an operation MUST never be retried more than three times, with ${what}`,
    clause('retry.at-most-three', { branch: what }),
    async ({ submit, clock, target }) => {
      const operation = await submit({ attempts: [error] });
      await operation.started();
      await attemptsCome(target, operation, 4);
      await (clock.virtual ? clock.advance(tenDays) : noneCome(target, operation, 4));
      expect(operation.attempts, 'length', 'the number of attempts').toBeAtMost(4);
    },
  );
}

test(
  'an operation MUST never be retried more than three times, with attempts that take too long',
  clause('retry.at-most-three', { branch: 'the time limit', needs: ['probe', 'clock'] }),
  async ({ submit, clock }) => {
    // Longer than anybody looks: a further call is a further attempt, also where the probe tells no number.
    const operation = await submit({ attempts: [proceed(2 * tenDays)] });
    try {
      await operation.settled();
      await clock.advance(tenDays);
      expect(operation.attempts, 'length', 'the number of attempts').toBeAtMost(4);
    } finally {
      // What cannot be stopped still runs, and others may wait for its place.
      await clock.advance(2 * tenDays);
    }
  },
);

test(
  'an operation MUST never be retried more than three times, where its attempts reach nobody',
  clause('retry.at-most-three', {
    branch: 'nobody is reached',
    needs: ['probe', 'table', 'clock', 'slow'],
  }),
  async ({ submit, target }) => {
    if (target.config.target.probe.kind === 'fixed')
      throw new NotTestable('needs to tell the probe whom to ask: target.probe is "fixed"');
    const operation = await submit({ attempts: [fail()], body: { ControlUrl: await closedUrl() } });
    const { errorCode, answer } = await operation.finished();
    if (Number.isInteger(errorCode) && errorCode !== 0)
      operation.accepted.note('error.other-code-zero', answer.describe());
    // Nobody sees the attempts: the row tells how many there were.
    const { row } = await operation.rowWhen(({ state }) => state === 3);
    expect(row, 'retrycount', 'retrycount at the end').toBeAtMost(3);
  },
);

test(
  'an operation whose every attempt fails MUST be retried three times',
  clause('retry.three-times'),
  async ({ submit, target }) => {
    const operation = await submit({ attempts: [fail()] });
    await operation.started();
    await attemptsCome(target, operation, 4);
    await passes(target);
    const { length } = operation.attempts;
    if (length === 1) throw new NotReached('retry.on-error', 'it was not retried at all');
    if (length > 4) throw new Blocked('retry.at-most-three', `${length} attempts were made`);
    expect(length, 'the number of attempts, the first and its retries').toBe(4);
  },
);

test(
  'an operation whose attempts fail in different ways MUST be retried three times',
  clause('retry.three-times', { branch: 'different errors' }),
  async ({ submit, target }) => {
    const plan = [fail('one'), [proceed(1_000), fail('two')], fail(''), fail('four')];
    const operation = await submit({ attempts: plan });
    await operation.started();
    await attemptsCome(target, operation, 4);
    await passes(target);
    const { length } = operation.attempts;
    if (length > 4) throw new Blocked('retry.at-most-three', `${length} attempts were made`);
    expect(length, 'the number of attempts, the first and its retries').toBe(4);
  },
);

test(
  "an operation that fails with the platform's error MAY be retried",
  clause('retry.which-errors'),
  async ({ submit, observe }) => {
    for (const code of [errorCodes.accessDenied, errorCodes.notFound]) {
      const operation = await submit({ attempts: [fail('An error of the platform.', code)] });
      await operation.settled();
      observe(`With error ${code} an operation made ${operation.attempts.length} attempts.`);
    }
  },
);

for (const failures of [0, 1]) {
  test(
    `a success MUST be the last attempt, after ${failures} failures`,
    clause('retry.stops-on-success', { branch: `after ${failures} failures` }),
    async ({ submit, target }) => {
      const operation = await submit({
        attempts: [...Array.from({ length: failures }, () => fail()), succeed(), fail()],
      });
      await untilAttempts(target, operation, failures + 1);
      await operation.settled();
      await watches(target, () => operation.attempts.length > failures + 1);
      expect(operation.attempts, 'length', 'the number of attempts').toBe(failures + 1);
    },
  );
}
