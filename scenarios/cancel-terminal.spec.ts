import { terminalMessage } from '../contract/vocabulary.ts';
import { clause, expect, test } from '../harness/test.ts';
import { requireRefusal, ways } from './support/canceling.ts';
import { ends } from './support/ends.ts';
import { expectUnchanged, snapshot } from './support/snapshot.ts';

const refusal = {
  delete: 'cancel.terminal-refused-delete',
  patch: 'cancel.terminal-refused-patch',
} as const;

for (const { after, needs: endNeeds, reach } of ends) {
  for (const { way, name, needs: wayNeeds } of ways) {
    const needs = [...endNeeds, ...wayNeeds];
    const branch = `${name}, ${after}`;

    test(
      `${name} MUST be refused ${after}`,
      clause(refusal[way], { branch: after, needs }),
      async ({ submit, clock, target }) => {
        const operation = await reach({ submit, clock, target });
        const answer = await operation.cancel(way);
        expect(answer, 'status', `the status of ${name} ${after}`).toSatisfy(
          !answer.ok,
          'a refusal: not 2xx',
        );
      },
    );

    test(
      `the refusal of ${name} MUST say that the operation is in terminal state, ${after}`,
      clause('cancel.terminal-message', { branch, needs }),
      async ({ submit, clock, target }) => {
        const operation = await reach({ submit, clock, target });
        const answer = await operation.cancel(way);
        requireRefusal(answer, refusal[way]);
        expect(answer, 'body', `the body of the refusal of ${name} ${after}`).toContain(terminalMessage);
      },
    );

    test(
      `${name} MUST change nothing ${after}`,
      clause('cancel.terminal-changes-nothing', { branch, needs }),
      async ({ submit, clock, target }) => {
        const operation = await reach({ submit, clock, target });
        const before = await snapshot(operation, target);
        await operation.cancel(way);
        await expectUnchanged(operation, target, before, `right after ${name} came too late`);
        // Long enough for what was put off, and short of anything that happens by itself.
        await (clock.virtual ? clock.advance(10_000) : clock.pause(2_000));
        await expectUnchanged(operation, target, before, `a while after ${name} came too late`);
      },
    );
  }

  test(
    `the refusal of DELETE SHOULD be a 409 with a flat body, ${after}`,
    clause('cancel.terminal-conflict', { branch: after, needs: endNeeds }),
    async ({ submit, clock, target }) => {
      const operation = await reach({ submit, clock, target });
      const answer = await operation.cancel('delete');
      requireRefusal(answer, 'cancel.terminal-refused-delete');
      expect(answer, 'status', `the status of DELETE ${after}`).toBe(409);
      expect(
        answer.object()?.['message'],
        `"message" in the body of the refusal ${after}`,
        answer.at('message'),
      ).toBeString();
      expect(
        answer.object()?.['error'],
        `"error" in the body of the refusal ${after}`,
        answer.at('error'),
      ).toBeAbsent();
    },
  );
}
