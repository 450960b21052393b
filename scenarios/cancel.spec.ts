import { pairs, table } from '../contract/vocabulary.ts';
import type { Answer } from '../harness/answer.ts';
import type { CheckTools } from '../harness/collect.ts';
import type { CancelWay } from '../harness/operation.ts';
import { isTerminal, type MonitorReading, type RowReading } from '../harness/reading.ts';
import { Blocked, clause, fail, Hold, proceed, succeed, test, Undecided } from '../harness/test.ts';
import {
  expectDeleteAnswer,
  expectPatchAnswer,
  patchOnceThere,
  requireMonitor,
  requireNotStarted,
  running,
  ways,
} from './support/canceling.ts';
import { expectCodes, pairText } from './support/codes.ts';
import { untilAttempts, untilBetween, untilCalls } from './support/passing.ts';

test(
  'DELETE of an operation that has not started MUST be answered 200 with (2,22)',
  clause('cancel.delete-answer'),
  async ({ submit }) => {
    const operation = await submit();
    requireNotStarted(operation);
    const answer = await operation.cancel('delete');
    await requireMonitor(operation, answer);
    expectDeleteAnswer(answer);
  },
);

test(
  'PATCH of the row of an operation that has not started MUST be answered 204',
  clause('cancel.patch-answer'),
  async ({ submit }) => {
    const operation = await submit();
    requireNotStarted(operation);
    expectPatchAnswer(await patchOnceThere(operation));
  },
);

for (const [branch, field] of [
  ['with a charset', ['Content-Type', 'application/json; charset=utf-8']],
  // What says nothing of the answer's body does not bring one.
  ['that prefers annotations', ['Prefer', 'odata.include-annotations="*"']],
] as const)
  test(
    `PATCH ${branch} MUST be answered 204`,
    clause('cancel.patch-answer', { branch }),
    async ({ submit, client }) => {
      const operation = await submit();
      requireNotStarted(operation);
      const patch = (): Promise<Answer> =>
        client.api('PATCH', operation.rowResource(), {
          headers: [['If-Match', '*'], field],
          body: { [table.state]: pairs.canceling.state, [table.status]: pairs.canceling.status },
        });
      const answer = await operation.consistent(patch, ({ status }) => status !== 404);
      if (answer.status === 404 && (await operation.getRow()).status === 404)
        throw new Undecided('the row cannot be read before time passes, which would start the operation');
      if (answer.ok) operation.noteCanceled();
      else {
        const usual = await patchOnceThere(operation);
        if (!usual.ok) throw new Blocked('cancel.patch-answer', usual.describe());
      }
      expectPatchAnswer(answer);
    },
  );

test(
  'DELETE MUST be answered 200 with (2,22) while an attempt runs',
  clause('cancel.running-accepted', { branch: 'by DELETE' }),
  async ({ submit, clock }) => {
    const { operation, hold } = await running({ submit });
    const answer = await operation.cancel('delete');
    hold.release(succeed());
    await sameAsWaiting({ submit, clock }, 'delete', answer);
    await operation.finished();
  },
);

test(
  'PATCH MUST be answered 204 while an attempt runs',
  clause('cancel.running-accepted', { branch: 'by PATCH', needs: ['probe', 'table'] }),
  async ({ submit, clock }) => {
    const { operation, hold } = await running({ submit });
    await operation.row();
    const answer = await operation.cancel('patch');
    hold.release(succeed());
    await sameAsWaiting({ submit, clock }, 'patch', answer);
    await operation.finished();
  },
);

test(
  'DELETE MUST be answered 200 with (2,22) as a retry starts',
  clause('cancel.running-accepted', {
    branch: 'by DELETE, in a retry',
    needs: ['probe', 'clock', 'slow'],
  }),
  async ({ submit, clock, target }) => {
    let answer: Answer | undefined;
    const operation = await submit({
      attempts: [fail(), [proceed(1_000), succeed()]],
      during: {
        2: async (retried) => {
          answer = await retried.cancel('delete');
        },
      },
    });
    await untilAttempts(target, operation, 2);
    if (answer !== undefined) await sameAsWaiting({ submit, clock }, 'delete', answer, true);
    await operation.finished();
  },
);

test(
  'PATCH MUST be answered 204 while a retry runs',
  clause('cancel.running-accepted', {
    branch: 'by PATCH, in a retry',
    needs: ['probe', 'table', 'clock', 'slow'],
  }),
  async ({ submit, clock, target }) => {
    const hold = new Hold(1_000);
    const operation = await submit({ attempts: [fail(), [hold]] });
    await untilAttempts(target, operation, 2);
    await operation.row();
    const answer = await operation.cancel('patch');
    hold.release(succeed());
    await sameAsWaiting({ submit, clock }, 'patch', answer);
    await operation.finished();
  },
);

/**
 * Demands the documented answer to a cancellation during an attempt; blocks the check where that of an
 * operation which waits is accepted with a wrong answer as well.
 */
async function sameAsWaiting(
  { submit, clock }: Pick<CheckTools, 'submit' | 'clock'>,
  way: CancelWay,
  answer: Answer,
  hasFailed = false,
): Promise<void> {
  const demand = (one: Answer): void =>
    way === 'delete' ? expectDeleteAnswer(one, hasFailed) : expectPatchAnswer(one);
  try {
    demand(answer);
  } catch (broken) {
    if (!answer.ok || !clock.virtual) throw broken;
    const usual = await (await submit()).cancel(way);
    try {
      demand(usual);
    } catch {
      throw new Blocked(way === 'delete' ? 'cancel.delete-answer' : 'cancel.patch-answer', usual.describe());
    }
    throw broken;
  }
}

for (const { way, name, needs } of ways) {
  test(
    `an operation in its attempt MUST show (2,22) from its cancellation by ${name} to its end`,
    clause('cancel.shows-canceling', { branch: `running, by ${name}`, needs: ['probe', ...needs] }),
    async ({ submit, target }) => {
      const { operation, hold } = await running({ submit });
      await operation.canceled(way);
      expectCanceling(await operation.monitor(), 'the monitor after the cancellation');
      if (target.offers.table) {
        const row = await operation.rowWhen((one) => one.status === pairs.canceling.status);
        expectCanceling(row, 'the row after the cancellation');
      }
      await untilCalls(target, operation, 4);
      expectCanceling(await operation.monitor(), 'the monitor later in the canceled attempt');
      hold.release(fail());
      await operation.finished();
    },
  );

  test(
    `an operation that waits MUST show (2,22) from its cancellation by ${name} to its end`,
    clause('cancel.shows-canceling', { branch: `waiting, by ${name}`, needs: ['probe', 'clock', ...needs] }),
    async ({ submit }) => {
      const operation = await submit();
      await operation.canceled(way);
      // Nothing is left to be done, so the end may come at once.
      expectCodes(
        await operation.monitor(),
        'the monitor after the cancellation of a waiting operation',
        pairs.canceling,
        pairs.canceled,
      );
    },
  );

  test(
    `an operation between two attempts MUST show (2,22) from its cancellation by ${name} to its end`,
    clause('cancel.shows-canceling', {
      branch: `between attempts, by ${name}`,
      needs: ['probe', 'clock', ...needs],
    }),
    async ({ submit }) => {
      const operation = await submit({ attempts: [fail()] });
      await untilBetween(operation);
      await operation.canceled(way);
      expectCodes(
        await operation.monitor(),
        'the monitor after the cancellation between two attempts',
        pairs.canceling,
        pairs.canceled,
        pairs.failed,
      );
      await operation.finished();
    },
  );
}

function expectCanceling(reading: MonitorReading | RowReading, subject: string): void {
  // To this target the operation is at its end: that it ended too early is for another clause to say.
  if (isTerminal(reading)) throw new Blocked('cancel.running-is-not-stopped', pairText(reading));
  expectCodes(reading, subject, pairs.canceling);
}

test(
  'an operation that is canceled as its attempt starts MUST show (2,22)',
  clause('cancel.shows-canceling', { branch: 'as the attempt starts' }),
  async ({ submit }) => {
    const operation = await submit({
      attempts: [[proceed(1_000), succeed()]],
      during: {
        1: async (starting) => {
          await starting.canceled('delete', 'cancel.running-accepted');
          expectCanceling(await starting.monitor(), 'the monitor after a cancellation as the attempt starts');
        },
      },
    });
    await operation.started();
    await operation.finished();
  },
);
