import fc from 'fast-check';
import { forAll } from '../harness/property.ts';
import { Blocked, Broken, clause, eachByItself, test } from '../harness/test.ts';
import type { CheckTools } from '../harness/collect.ts';
import { describeCommand, perform, sequences, type AtOnce, type ModelCommand } from './model/commands.ts';
import { brokenElsewhere } from './model/elsewhere.ts';
import { judge } from './model/judge.ts';
import { Session } from './model/session.ts';
import { timelineOf } from './model/timeline.ts';

eachByItself();

const alone = 'every history of requests made one after another MUST fit one run of the lifecycle';
const together = 'every history of requests made at the same time MUST fit one run of the lifecycle';

test(
  alone,
  clause('state.legal-history', { branch: 'sequential', needs: ['probe', 'table', 'clock'] }),
  ({ tools }) =>
    search(
      tools,
      alone,
      sequences({ parallel: false, maxLength: 25 }).map((commands) => ({ commands })),
    ),
);

test(
  together,
  clause('state.legal-history', { branch: 'concurrent', needs: ['probe', 'table', 'clock'] }),
  ({ tools }) =>
    search(
      tools,
      together,
      fc.record({ commands: sequences({ parallel: true, maxLength: 20 }), scheduler: fc.scheduler() }),
    ),
);

/** What is done, and where several requests are made at once, in which order they leave. */
interface Use {
  readonly commands: readonly ModelCommand[];
  readonly scheduler?: fc.Scheduler;
}

/** Uses a target at random and holds the history of each case against the model. */
async function search(tools: CheckTools, law: string, uses: fc.Arbitrary<Use>): Promise<void> {
  if (tools.target.offers.events !== undefined) await tools.events.subscribe();
  // A case that is another clause's matter does not end the search: a later one may be the lifecycle's.
  let elsewhere: Blocked | undefined;
  const run = async (use: Use): Promise<void> => {
    const ending = await live(tools, use);
    elsewhere ??= ending;
  };
  await forAll(tools, law, uses, run, {
    alone: true,
    script: ({ commands }) => commands.map((command, index) => `${index + 1}. ${describeCommand(command)}`),
  });
  if (elsewhere !== undefined) throw elsewhere;
}

/** Lives one case; gives what keeps it from being judged, where another clause is broken in it. */
async function live(tools: CheckTools, { commands, scheduler }: Use): Promise<Blocked | undefined> {
  const atOnce = scheduler === undefined ? undefined : startedBy(scheduler);
  const session = new Session(tools);
  await session.begin();
  try {
    for (const command of commands) await perform(command, session, atOnce);
    for (const operation of session.operations) await session.readMonitor(operation);
  } finally {
    session.release();
  }
  const history = session.history();
  const judged = judge(history);
  if (judged.legal) return undefined;
  const clause = brokenElsewhere(history);
  if (clause !== undefined) return new Blocked(clause, judged.reason);
  throw new Broken('what was seen of one operation', 'a history that the lifecycle allows', judged.reason, {
    evidence: [timelineOf(judged, history)],
  });
}

/** Requests leave in the order that a scheduler of fast-check chooses, none waiting for another's answer. */
function startedBy(scheduler: fc.Scheduler): AtOnce {
  return (requests) =>
    scheduler.waitFor(
      Promise.all(
        requests.map((request) => scheduler.schedule(Promise.resolve(), 'a request').then(request)),
      ),
    );
}
