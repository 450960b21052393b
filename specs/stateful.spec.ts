import { forAll } from '../harness/property.ts';
import { Broken, clause, test } from '../harness/test.ts';
import type { CheckTools } from '../harness/collect.ts';
import { describeCommand, perform, sequences, type Command } from './model/commands.ts';
import { judge } from './model/judge.ts';
import { Session } from './model/session.ts';
import { timelineOf } from './model/timeline.ts';

const alone = 'every history of requests made one after another MUST fit one run of the lifecycle';
const together = 'every history of requests made at the same time MUST fit one run of the lifecycle';

test(
  alone,
  clause('state.legal-history', { branch: 'sequential', needs: ['probe', 'table', 'clock'] }),
  ({ tools }) => search(tools, alone, { parallel: false, maxLength: 25 }),
);

test(
  together,
  clause('state.legal-history', { branch: 'concurrent', needs: ['probe', 'table', 'clock'] }),
  ({ tools }) => search(tools, together, { parallel: true, maxLength: 20 }),
);

/** Uses a target at random and holds the history of each case against the model. */
async function search(tools: CheckTools, law: string, size: Parameters<typeof sequences>[0]): Promise<void> {
  if (tools.target.offers.events !== undefined) await tools.events.subscribe();
  await forAll(tools, law, sequences(size), (commands) => live(tools, commands), {
    script: (commands) => commands.map((command, index) => `${index + 1}. ${describeCommand(command)}`),
  });
}

async function live(tools: CheckTools, commands: readonly Command[]): Promise<void> {
  const session = new Session(tools);
  await session.begin();
  try {
    for (const command of commands) await perform(command, session);
    for (const operation of session.operations) await session.readMonitor(operation);
  } finally {
    session.release();
  }
  const history = session.history();
  const judged = judge(history);
  if (judged.legal) return;
  throw new Broken(
    'the history of one operation',
    'one that a run of the lifecycle explains',
    judged.reason,
    [timelineOf(judged, history)],
  );
}
