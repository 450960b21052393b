import { errorCodes, limits, pairs, terminalMessage } from '../contract/vocabulary.ts';
import type { SoapAnswer } from '../harness/organization-service/soap-answer.ts';
import { Blocked, clause, expect, fail, proceed, test, Undecided } from '../harness/test.ts';
import { running } from './support/canceling.ts';
import { expectCodes } from './support/codes.ts';
import { ends } from './support/ends.ts';
import { requireRest } from './support/no-operation.ts';
import { untilAttempts, untilBetween } from './support/passing.ts';
import { expectUnchanged, snapshot } from './support/snapshot.ts';
import { expectFault } from './support/soap.ts';
import { comes } from './support/waiting.ts';

test(
  'Update MUST cancel an operation that waits',
  clause('sdk.cancel', { branch: 'before its start', needs: ['sdk', 'probe', 'clock'] }),
  async ({ sdk, submit, target }) => {
    const callback = target.offers.callbacks;
    const operation = await submit({ callback });
    const usual = callback ? await submit({ callback }) : undefined;
    const soap = await sdk.cancel(operation);
    expect(soap.describe(), 'the answer to Update', soap).toSatisfy(soap.done, 'its response');
    expectCodes(await operation.monitor(), 'the monitor after Update', pairs.canceling, pairs.canceled);
    await usual?.canceled();
    await operation.settled();
    expect(operation.attempts, 'length', 'the executions after Update').toBe(0);
    expectCodes(await operation.monitor(), 'the monitor at the end', pairs.canceled);
    // Whether a callback comes after any cancellation is its own clause.
    if (usual === undefined || !(await comes(target, () => usual.callbacks.length > 0))) return;
    expect(operation.callbacks, 'length', 'the callbacks after Update, where DELETE brings one').toBe(1);
  },
);

test(
  'Update MUST cancel an operation in its attempt, which is not retried then',
  clause('sdk.cancel', { branch: 'while an attempt runs' }),
  async ({ sdk, submit }) => {
    for (const style of ['dedicated', 'execute'] as const) {
      const { operation, hold } = await running({ submit });
      try {
        const soap = await sdk.cancel(operation, style);
        if (!soap.done && style === 'execute') throw new Blocked('sdk.execute-form', soap.describe());
        expect(soap.describe(), 'the answer to Update', soap).toSatisfy(soap.done, 'its response');
        expectCodes(await operation.monitor(), 'the monitor after Update', pairs.canceling);
      } finally {
        hold.release(fail());
      }
      await operation.finished();
      expect(operation.attempts, 'length', 'the attempts').toBe(1);
    }
  },
);

test(
  'Update MUST cancel an operation in a retry, which is not retried then',
  clause('sdk.cancel', { branch: 'while a retry runs', needs: ['sdk', 'probe', 'clock', 'slow'] }),
  async ({ sdk, submit, target }) => {
    let soap: SoapAnswer | undefined;
    const operation = await submit({
      // By the retry its row has to be there; inside an attempt no time may pass until it is.
      attempts: [[proceed(6_000), fail()], fail()],
      during: {
        2: async (retried) => {
          soap = await sdk.update(retried.id, pairs.canceling);
          if (soap.done) retried.noteCanceled();
        },
      },
    });
    await untilAttempts(target, operation, 2);
    await operation.finished();
    if (soap?.fault?.code === errorCodes.notFound) throw new Undecided('its row was not there in the retry');
    expect(soap?.describe(), 'the answer to Update', soap).toSatisfy(soap?.done === true, 'its response');
    expect(operation.attempts, 'length', 'the attempts').toBe(2);
  },
);

test(
  'Update MUST cancel an operation that awaits a retry',
  clause('sdk.cancel', { branch: 'between two attempts', needs: ['sdk', 'probe', 'clock'] }),
  async ({ sdk, submit }) => {
    const operation = await submit({ attempts: [fail()] });
    await untilBetween(operation);
    const soap = await sdk.cancel(operation);
    const shown = await operation.monitor();
    // Where its row came late it may have come to its end.
    if (!soap.done && shown.state === 3) throw new Undecided('it had ended before it could be canceled');
    expect(soap.describe(), 'the answer to Update', soap).toSatisfy(soap.done, 'its response');
    expectCodes(shown, 'the monitor after Update', pairs.canceling, pairs.canceled, pairs.failed);
  },
);

for (const { after, needs, reach } of ends)
  test(
    `Update of an operation MUST be a fault with the documented message ${after}`,
    clause('sdk.cancel-terminal', { branch: after, needs: ['sdk', ...needs] }),
    async ({ sdk, submit, clock, target }) => {
      const operation = await reach({ submit, clock, target });
      const before = await snapshot(operation, target);
      const soap = await sdk.cancel(operation);
      // One that fails has four attempts: with fewer it has shown an end that it had not come to, and could be canceled.
      const { length } = operation.attempts;
      if (soap.fault === undefined && after === 'after the last failure' && length <= limits.retries)
        throw new Blocked('retry.not-terminal-between', `it showed its end after ${length} attempts`);
      if (soap.fault === undefined) await requireRest(operation, clock);
      const { message } = expectFault(soap, 'Update of a finished operation');
      expect(message, 'Message').toContain(terminalMessage);
      const typed = await sdk.cancel(operation, 'execute');
      if (typed.fault?.message.includes(terminalMessage) !== true)
        typed.answer.note('sdk.execute-form', `Update as a typed request: ${typed.describe()}`);
      await expectUnchanged(operation, target, before, 'right after Update came too late');
    },
  );
