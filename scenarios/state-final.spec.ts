import { clause, proceed, succeed, test } from '../harness/test.ts';
import { ends } from './support/ends.ts';
import { expectUnchanged, snapshot } from './support/snapshot.ts';
import { passes, watches } from './support/waiting.ts';

for (const { after, needs, reach } of ends) {
  test(
    `an operation at rest MUST stay as it is, ${after}`,
    clause('state.terminal-is-final', { branch: after, needs }),
    async ({ submit, clock, target }) => {
      const operation = await reach({ submit, clock, target });
      const before = await snapshot(operation, target);
      // The same code ends them all: on a real clock one of them is watched for long.
      await (after === 'after success' ? watches(target) : passes(target));
      await expectUnchanged(operation, target, before, 'a while after the end');
    },
  );
}

test(
  'an operation that ended by the time limit MUST stay as it is, although its last attempt would have succeeded later',
  clause('state.terminal-is-final', { branch: 'after a time-out', needs: ['probe', 'clock'] }),
  async ({ submit, target }) => {
    const operation = await submit({ attempts: [[proceed(400_000), succeed()]] });
    await operation.finished();
    const before = await snapshot(operation, target);
    await passes(target);
    // A plug-in that nobody could stop may still call; what it says must not count any more.
    const expected = { ...before, attempts: operation.attempts.length };
    await expectUnchanged(operation, target, expected, 'a while after the end');
  },
);
