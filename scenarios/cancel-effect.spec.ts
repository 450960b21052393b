import { errorCodes } from '../contract/vocabulary.ts';
import { isTerminal } from '../harness/reading.ts';
import { clause, expect, fail, Hold, succeed, test, Undecided } from '../harness/test.ts';
import { running, ways } from './support/canceling.ts';
import { shownPair } from './support/codes.ts';
import { noneCome } from './support/further.ts';
import { callsCome, untilAttempts, untilBetween } from './support/passing.ts';
import { passes } from './support/waiting.ts';

test(
  'an operation that was canceled with the tag of its row before it started MUST never execute',
  clause('cancel.before-start-never-executes', {
    branch: 'by PATCH with the tag of the row',
    needs: ['probe', 'clock', 'table'],
  }),
  async ({ submit, target, clock }) => {
    const [operation, after] = [await submit(), await submit()];
    const { row } = await operation.row();
    const answer = await operation.cancelAtOnce('patch', 'initiator', String(row['@odata.etag']));
    if (!answer.ok)
      throw new Undecided(`a cancellation with the row's own tag was refused: ${answer.describe()}`);
    await clock.advance(1);
    await passes(target);
    expect(operation.attempts, 'length', 'the attempts of the canceled operation').toBe(0);
    if (after.attempts.length === 0) throw new Undecided('no operation was executed, canceled or not');
  },
);

for (const { way, name, needs } of ways) {
  test(
    `an operation that was canceled by ${name} before it started MUST never execute`,
    clause('cancel.before-start-never-executes', {
      branch: `by ${name}`,
      needs: ['probe', 'clock', ...needs],
    }),
    async ({ submit, target, clock }) => {
      const [before, operation, after] = [await submit(), await submit(), await submit()];
      await operation.canceled(way);
      await clock.advance(1);
      await passes(target);
      expect(operation.attempts, 'length', 'the attempts of the canceled operation').toBe(0);
      // Otherwise nothing executes here, and that the canceled one did not tells nothing.
      if (before.attempts.length + after.attempts.length === 0)
        throw new Undecided('no operation was executed, canceled or not');
    },
  );

  test(
    `an attempt MUST run to its own end although it was canceled by ${name}`,
    clause('cancel.running-is-not-stopped', { branch: `by ${name}`, needs: ['probe', ...needs] }),
    async ({ submit, target, clock }) => {
      const { operation, hold } = await running({ submit });
      await operation.canceled(way);
      const calls = operation.attempts[0]?.calls.length ?? 0;
      const goesOn = await callsCome(target, operation, calls + 3);
      const during = await operation.monitor();
      expect(shownPair(during), 'the codes of the monitor while the canceled attempt runs', during).toSatisfy(
        !isTerminal(during),
        'not (3,*)',
      );
      if (!goesOn && !clock.virtual)
        throw new Undecided('the attempt did not go on in the time waited for it');
      expect(goesOn, 'whether the attempt goes on after the cancellation').toBe(true);
      hold.release(succeed());
      await operation.settled();
      const last = operation.attempts[0]?.calls.at(-1)?.answer?.outcome;
      expect(last, 'what the attempt was last told').toBe('succeed');
    },
  );

  test(
    `an attempt that fails after its cancellation by ${name} MUST not be retried`,
    clause('cancel.no-retry', { branch: `by ${name}`, needs: ['probe', 'clock', 'slow', ...needs] }),
    async ({ submit, target }) => {
      const { operation, hold } = await running({ submit });
      await operation.canceled(way);
      hold.release(fail());
      await operation.settled();
      await noneCome(target, operation, 1);
      expect(operation.attempts, 'length', 'the attempts of the canceled operation').toBe(1);
    },
  );

  test(
    `a retry that fails after its cancellation by ${name} MUST not be retried`,
    clause('cancel.no-retry', {
      branch: `in a retry, by ${name}`,
      needs: ['probe', 'clock', 'slow', ...needs],
    }),
    async ({ submit, target }) => {
      const hold = new Hold(1_000);
      const operation = await submit({ attempts: [fail(), [hold]] });
      await untilAttempts(target, operation, 2);
      await operation.canceled(way);
      hold.release(fail());
      await operation.settled();
      await noneCome(target, operation, 2);
      expect(operation.attempts, 'length', 'the attempts of the canceled operation').toBe(2);
    },
  );

  test(
    `an operation that is canceled by ${name} between two attempts SHOULD not be attempted again`,
    clause('cancel.no-retry-while-waiting', {
      branch: `by ${name}`,
      needs: ['probe', 'clock', ...needs],
    }),
    async ({ submit, target }) => {
      const operation = await submit({ attempts: [fail()] });
      await untilBetween(operation);
      const made = operation.attempts.length;
      await operation.canceled(way, way === 'delete' ? 'cancel.delete-answer' : 'cancel.patch-answer');
      await passes(target);
      expect(operation.attempts, 'length', 'the attempts of the canceled operation').toBe(made);
    },
  );
}

test(
  'an attempt that fails with an error of the platform MUST not be retried after its cancellation',
  clause('cancel.no-retry', {
    branch: 'an error of the platform',
    needs: ['probe', 'clock', 'slow'],
  }),
  async ({ submit, target }) => {
    const { operation, hold } = await running({ submit });
    await operation.canceled();
    hold.release(fail('Access is denied.', errorCodes.accessDenied));
    await operation.settled();
    await noneCome(target, operation, 1);
    expect(operation.attempts, 'length', 'the attempts of the canceled operation').toBe(1);
  },
);

test(
  'an attempt that fails MUST not be retried when it was canceled as it started',
  clause('cancel.no-retry', { branch: 'canceled as the attempt starts' }),
  async ({ submit, target }) => {
    const operation = await submit({
      attempts: [fail()],
      during: { 1: async (starting) => void (await starting.canceled('delete', 'cancel.running-accepted')) },
    });
    await operation.started();
    await operation.settled();
    await noneCome(target, operation, 1);
    expect(operation.attempts, 'length', 'the attempts of the canceled operation').toBe(1);
  },
);
