import { isAccepted } from '../harness/check/accepted.ts';
import { clause, expect, fail, NotReached, proceed, succeed, test } from '../harness/test.ts';
import { limits } from '../contract/vocabulary.ts';
import { expectAllWell, type WorkBatch } from './support/bulk.ts';
import { expectNightsApart } from './support/nights.ts';
import { missingRetry } from './support/passing.ts';

const batches = (count: number, of: (index: number) => Omit<WorkBatch, 'payload'>): WorkBatch[] =>
  Array.from({ length: count }, (_, index) => ({ payload: `batch ${index}`, ...of(index) }));

/** A batch that succeeds with outputs of its own. */
const good = (index: number): Omit<WorkBatch, 'payload'> => {
  const outputs = { Text: `batch ${index}`, Count: index };
  return { attempts: [succeed(outputs)], outputs, status: 30, executions: 1 };
};

test(
  'of many batches that are submitted at once each MUST end as its own, and be told of once in every way',
  clause('flow.bulk', { branch: 'all succeed' }),
  async ({ tools }) => expectAllWell(tools, batches(24, good)),
);

test(
  'of many batches with different ends each MUST end as its own, and be told of once in every way',
  clause('flow.bulk', { branch: 'some fail', needs: ['probe', 'callback', 'clock', 'slow'] }),
  async ({ tools }) =>
    expectAllWell(
      tools,
      batches(24, (index) => {
        if (index % 8 === 5) return { attempts: [fail(`batch ${index}`)], status: 31, executions: 4 };
        if (index % 8 !== 2) return good(index);
        return { ...good(index), attempts: [fail('at first'), ...good(index).attempts], executions: 2 };
      }),
    ),
);

const beyond = limits.attemptGraceMilliseconds + 10_000;

test(
  'a run of a recurring clean-up MUST NOT depend on how the run before it ended',
  clause('flow.cleanup'),
  async ({ tools }) =>
    expectNightsApart(tools, [
      { name: 'done', attempts: [succeed()] },
      { name: 'canceled half-way', attempts: [[proceed(60_000), succeed()]], canceled: true },
      { name: 'done after a cancellation', attempts: [succeed()] },
      { name: 'beyond the limit', attempts: [[proceed(beyond), succeed()]], openAttempts: true },
      { name: 'done in a smaller batch', attempts: [[proceed(60_000), succeed()]] },
    ]),
);

test(
  'a run whose call is that of an earlier one, word for word, MUST NOT depend on how that ended',
  clause('flow.cleanup', { branch: 'word for word', needs: ['probe', 'clock'] }),
  async ({ submit, call, operationOf }) => {
    const recovers = [fail(), succeed()];
    const usual = await submit({ attempts: recovers });
    const { status } = await usual.settled();
    const { length: executions } = usual.attempts;
    const { answer: usually } = await call({ body: usual.parts.body });
    for (const canceled of [true, false]) {
      const before = canceled ? [] : Array.from({ length: limits.retries + 1 }, () => fail());
      const first = await submit({ attempts: [...before, ...recovers] });
      if (canceled) await first.canceled();
      await first.finished();
      const { length: made } = first.attempts;
      // What the second one is told depends on how often the first one has asked.
      if (made > before.length)
        throw new NotReached(
          canceled ? 'cancel.before-start-never-executes' : 'retry.at-most-three',
          `${made} attempts were made`,
        );
      if (made < before.length) throw new NotReached(await missingRetry(first), `${made} attempts were made`);
      const again = await call({ body: first.parts.body });
      const subject = `after one that ${canceled ? 'was canceled' : 'failed'}`;
      // What is sent again may be refused, but not because of how the earlier one ended.
      if (isAccepted(usually) && again.answer.status !== 429)
        expect(again.answer, 'status', `the status of the same call ${subject}`).toSatisfy(
          isAccepted(again.answer),
          '202',
        );
      // Whether what is sent again is one more operation is left open.
      if (!isAccepted(again.answer) || again.id === first.id) continue;
      const second = await operationOf(again).settled();
      expect(second.status, `the status at the end ${subject}`, second).toBe(status);
      expect(first.attempts.length - made, `the executions ${subject}`).toBe(executions);
    }
    // Of two with one call that wait side by side only the one that is meant is canceled.
    const plain = await submit();
    const meant = await submit();
    const beside = await call({ body: meant.parts.body });
    if (!isAccepted(beside.answer) || beside.id === meant.id) return;
    await meant.canceled();
    const wanted = await plain.settled();
    const other = await operationOf(beside).settled();
    expect(other.status, 'the status at the end beside one that was canceled', other).toBe(wanted.status);
  },
);
