import { errorCodes, members } from '../contract/vocabulary.ts';
import { Blocked, NotReached, clause, expect, fail, test } from '../harness/test.ts';
import { calledBack, ofCompletion, payloadOf } from './support/callbacks.ts';
import { completions } from './support/completions.ts';

for (const [branch, attempt] of [
  ['a plain failure', fail()],
  ['an error of its own', fail('The error of “this” operation.')],
  ['an error of the platform', fail('Access is denied.', errorCodes.accessDenied)],
] as const) {
  test(
    `code and message MUST be in the payload after a failure, with ${branch}`,
    clause('callback.error-on-failure', { branch }),
    async ({ submit, target }) => {
      const operation = await submit({ callback: true, attempts: [attempt] });
      await operation.finished();
      await calledBack(operation, target);
      const deliveries = ofCompletion(operation);
      if (deliveries.length === 0)
        throw new NotReached('callback.on-failure', 'no callback came after the last failure');
      for (const delivery of deliveries) {
        const payload = payloadOf(delivery);
        if (payload[members.state] === undefined && payload[members.status] === undefined)
          throw new Blocked('callback.codes', 'the payload has no codes where they belong');
        expect(payload, members.errorCode, `${members.errorCode} in the callback`).toBeInteger();
        expect(payload, members.errorMessage, `${members.errorMessage} in the callback`).toMatch(
          /\S/,
          'the text of the error',
        );
      }
    },
  );
}

for (const { when, needs, reach, certain } of [
  completions.success,
  completions.canceledWaiting,
  completions.canceledRunning,
]) {
  test(
    `code and message MUST be absent from the payload when no attempt failed, ${when}`,
    clause('callback.error-only-on-failure', { branch: when, needs: [...needs, 'callback'] }),
    async ({ submit, target, clock }) => {
      const operation = await reach({ submit, clock, target }, { callback: true });
      for (const delivery of await calledBack(operation, target, { certain })) {
        const payload = payloadOf(delivery);
        expect(payload, members.errorCode, `${members.errorCode} in the callback`).toBeAbsent();
        expect(payload, members.errorMessage, `${members.errorMessage} in the callback`).toBeAbsent();
      }
    },
  );
}
