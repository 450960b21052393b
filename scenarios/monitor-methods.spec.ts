import { members, table } from '../contract/vocabulary.ts';
import type { Answer } from '../harness/answer.ts';
import type { Client } from '../harness/client.ts';
import type { Operation } from '../harness/operation.ts';
import { clause, expect, test } from '../harness/test.ts';
import { atAnyEnd } from './support/any-end.ts';
import { requireRefusal } from './support/canceling.ts';
import { driveToRest, monitorBody, moments } from './support/moments.ts';
import { letItShow } from './support/no-operation.ts';

const methods = ['POST', 'PUT', 'PATCH'] as const;

/** Everything that might be taken for a cancellation, in the words of the row and of the monitor. */
const cancellation = { [table.state]: 2, [table.status]: 22, [members.state]: 2, [members.status]: 22 };

/** Sends a method to the monitor that it does not know. */
function sendUnsupported(client: Client, operation: Operation, method: string): Promise<Answer> {
  return client.send({
    method,
    path: operation.parts.monitorUrl,
    headers: [['If-Match', '*']],
    body: cancellation,
  });
}

function expectRefused(answer: Answer, method: string): void {
  expect(answer, 'status', `the status of ${method} of the monitor`).toSatisfy(
    (answer.status >= 400 && answer.status < 500) || answer.status === 501,
    'a refusal: 4xx or 501',
  );
}

for (const method of methods) {
  for (const moment of [moments.waiting, moments.executing, moments.succeeded]) {
    test(
      `${method} of the monitor MUST be refused and change nothing ${moment.when}`,
      clause('monitor.only-get-and-delete', { branch: `${method} ${moment.when}`, needs: moment.needs }),
      async ({ submit, client, clock, target }) => {
        await moment.enter({ submit, clock, target }, async (operation) => {
          const done = moment === moments.succeeded;
          if (done) await letItShow({ clock });
          const executions = operation.parts.play?.attempts.length;
          const before = monitorBody(await operation.getMonitor());
          expectRefused(await sendUnsupported(client, operation, method), method);
          const after = monitorBody(await operation.getMonitor());
          expect(after, `the monitor after ${method}`, after).toEqual(before);
          if (!done) return;
          await letItShow({ clock });
          expect(
            operation.parts.play?.attempts.length,
            `the executions after ${method}`,
            operation.parts.play?.attempts.at(-1),
          ).toBe(executions);
        });
      },
    );
  }

  test(
    `${method} of the monitor SHOULD be answered 405 with Allow`,
    clause('monitor.method-not-allowed', { branch: method }),
    async ({ submit, client, clock, target }) => {
      const operation = await atAnyEnd({ submit, clock }, {}, (one) => driveToRest({ clock, target }, one));
      const answer = await sendUnsupported(client, operation, method);
      requireRefusal(answer, 'monitor.only-get-and-delete');
      expect(answer, 'status', `the status of ${method} of the monitor`).toBe(405);
      expect(answer.header('allow'), 'Allow', answer.at('allow')).toMatch(
        /(^|[\s,])GET($|[\s,])/i,
        'a list of methods with GET in it',
      );
    },
  );
}
