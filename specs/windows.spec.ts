import { Broken, clause, fail, succeed, test } from '../harness/test.ts';
import type { Operation } from '../harness/operation.ts';
import { randomNumbers } from '../scenarios/support/random.ts';
import { rowThere, turns } from '../scenarios/support/race.ts';
import { brokenElsewhere } from './model/elsewhere.ts';
import type { History } from './model/history.ts';
import { judge } from './model/judge.ts';
import { Session, type SubmitPlan } from './model/session.ts';
import { timelineOf } from './model/timeline.ts';

/** The moments in which requests are made, each with what its operations do. */
const windows = ['start', 'failure', 'second failure', 'success', 'delivery'] as const;
type Window = (typeof windows)[number];

/** Operations for each of the moments; two by two they are canceled the other way. */
const each = 4;
/** Turns of the event loop by which a request is shifted at most. */
const mostTurns = 6;

const plans: Readonly<Record<Window, SubmitPlan['attempts']>> = {
  start: [[succeed()]],
  failure: [[fail()], [succeed()]],
  'second failure': [[fail()], [fail()], [succeed()]],
  success: [[fail()], [succeed()]],
  delivery: [[succeed()]],
};

const attemptOf: Readonly<Partial<Record<Window, number>>> = {
  failure: 1,
  'second failure': 2,
  success: 2,
};

test(
  'requests made in the very moments that matter MUST leave a history that fits one run of the lifecycle',
  clause('cancel.race', { branch: 'every window', needs: ['probe', 'table', 'clock'] }),
  async ({ tools, properties, target }) => {
    if (target.offers.events !== undefined) await tools.events.subscribe();
    const random = randomNumbers(properties.seed);
    const session = new Session(tools);
    await session.begin();
    const fired: Promise<unknown>[] = [];
    const shifted = async (request: () => Promise<unknown>): Promise<unknown> => {
      await turns(Math.floor(random() * mostTurns));
      return request();
    };
    /** Makes requests about an operation at once, each a little earlier or later. */
    const fire = (operation: Operation, index: number): Promise<unknown> => {
      const [first, other] =
        index % 2 === 0 ? (['delete', 'patch'] as const) : (['patch', 'delete'] as const);
      const requests = [
        () => session.readMonitor(operation),
        () => session.cancel(operation, first),
        () => session.readRow(operation),
        ...(index % each < each / 2 ? [() => session.cancel(operation, other)] : []),
        () => session.readMonitor(operation),
      ];
      const all = Promise.all(requests.map(shifted)).then(() => session.readMonitor(operation));
      fired.push(all);
      return all;
    };
    const atStart: (() => Promise<unknown>)[] = [];
    for (let index = 0; index < windows.length * each; index += 1) {
      const window = windows[index % windows.length] ?? 'start';
      const attempt = attemptOf[window];
      const operation = await session.submit({
        attempts: plans[window],
        callback: index % 3 !== 0 || window === 'delivery',
        // The probe is answered while the requests are on their way.
        ...(attempt === undefined
          ? {}
          : { during: { [attempt]: (one) => Promise.resolve(void fire(one, index)) } }),
        // The receiver answers only when all of them were answered.
        ...(window === 'delivery' ? { onArrival: async (one) => void (await fire(one, index)) } : {}),
      });
      if (window === 'start') atStart.push(() => fire(operation, index));
      await rowThere(target, operation);
    }
    await Promise.all([shifted(() => session.advance(1)), ...atStart.map((one) => one())]);
    for (let passed = 0; passed < 3_600_000; passed = 2 * passed + 1_000)
      await session.advance(passed + 1_000);
    await Promise.all(fired);
    for (const operation of session.operations) await session.readMonitor(operation);
    expectLegal(session.history(), session.operations);
  },
);

/** Holds a history against the lifecycle: what only reads show is no matter of the race, and charged to its own clause. */
function expectLegal(history: History, operations: readonly Operation[]): void {
  const happened = history.observations.filter(({ sight }) => sight.kind !== 'read');
  const raced = judge({ ...history, observations: happened });
  const judged = raced.legal ? judge(history) : raced;
  if (judged.legal) return;
  const operation = operations.find(({ id }) => id === judged.operation);
  if (raced.legal && operation !== undefined) {
    operation.accepted.note(brokenElsewhere(history) ?? 'state.legal-history', judged.reason);
    return;
  }
  const evidence = [timelineOf(judged, history)];
  throw new Broken('what was seen of a race', 'a history that the lifecycle allows', judged.reason, {
    evidence,
  });
}
