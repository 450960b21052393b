import { Broken, clause, fail, NotReached, succeed, test } from '../harness/test.ts';
import type { CancelWay, Operation } from '../harness/operation.ts';
import { randomNumbers } from '../scenarios/support/random.ts';
import { missingRetry } from '../scenarios/support/passing.ts';
import { requireCancelable, rowThere, turns } from '../scenarios/support/race.ts';
import type { History, Sight } from './model/history.ts';
import { judge } from './model/judge.ts';
import { Session, type SubmitPlan } from './model/session.ts';
import { timelineOf } from './model/timeline.ts';

/** The moments in which requests are made; a start is hit by chance alone, so that there are more of them. */
const windows = ['start', 'failure', 'second failure', 'success', 'delivery', 'start'] as const;
type Window = (typeof windows)[number];

/** Operations for each of the moments. */
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

/** What is done about the operation of a number: so many turns have each moment once. */
function roleOf(index: number): {
  /** Whether its attempt is held open until its requests were answered. */
  readonly held: boolean;
  /** Whether it is canceled both ways. */
  readonly both: boolean;
  /** The way in which it is canceled first, or alone. */
  readonly way: CancelWay;
  readonly callback: boolean;
} {
  const turn = Math.floor(index / windows.length);
  const position = index % windows.length;
  return {
    held: turn >= each / 2,
    both: turn % 2 === 0,
    // Alone each way comes once with its attempt held open, or once without.
    way: (turn + Math.floor(turn / 2) + position) % 2 === 0 ? 'delete' : 'patch',
    callback: (turn + position) % 3 !== 0,
  };
}

const windowOf = (index: number): Window => windows[index % windows.length] ?? 'start';

test(
  'requests made in the very moments that matter MUST leave a history that fits one run of the lifecycle',
  clause('cancel.race', { branch: 'every window', needs: ['probe', 'table', 'clock'] }),
  async ({ tools, properties, target }) => {
    if (target.offers.events !== undefined) await tools.events.subscribe();
    for (const way of ['delete', 'patch'] as const) await requireCancelable(tools, way);
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
      const { way, both } = roleOf(index);
      const requests = [
        () => session.readMonitor(operation),
        () => session.cancel(operation, way),
        () => session.readRow(operation),
        ...(both ? [() => session.cancel(operation, way === 'delete' ? 'patch' : 'delete')] : []),
        () => session.readMonitor(operation),
      ];
      const all = Promise.all(requests.map(shifted)).then(() => session.readMonitor(operation));
      // What fails is told where all are awaited, however much earlier it fails.
      all.catch(() => undefined);
      fired.push(all);
      return all;
    };
    const atStart: (() => Promise<unknown>)[] = [];
    const firedAtStart = new Map<Operation, Promise<unknown>>();
    for (let index = 0; index < windows.length * each; index += 1) {
      const window = windowOf(index);
      const attempt = attemptOf[window];
      const { held, callback } = roleOf(index);
      const operation = await session.submit({
        attempts: plans[window],
        callback: callback || window === 'delivery',
        // The probe is answered while the requests are on their way, or when all of them were answered.
        ...(attempt === undefined
          ? {}
          : {
              during: {
                [attempt]: async (one) => void (await (held ? fire(one, index) : void fire(one, index))),
              },
            }),
        ...(window === 'start' && held
          ? { during: { 1: async (one) => void (await firedAtStart.get(one)) } }
          : {}),
        // The receiver answers only when all of them were answered.
        ...(window === 'delivery' ? { onArrival: async (one) => void (await fire(one, index)) } : {}),
      });
      if (window === 'start')
        atStart.push(() => {
          const all = fire(operation, index);
          firedAtStart.set(operation, all);
          return all;
        });
      await rowThere(target, operation);
    }
    if (session.operations.some(({ attempts }) => attempts.length > 0))
      throw new NotReached('submit.does-not-wait', 'operations were executed before the clock moved');
    await Promise.all([shifted(() => session.advance(1)), ...atStart.map((one) => one())]);
    for (let passed = 0; passed < 3_600_000; passed = 2 * passed + 1_000)
      await session.advance(passed + 1_000);
    await Promise.all(fired);
    for (const operation of session.operations) await session.readMonitor(operation);
    const history = session.history();
    await requireRetries(history, session.operations);
    expectLegal(history, session.operations);
  },
);

const ofTheRace: ReadonlySet<Sight['kind']> = new Set([
  'accepted',
  'attempt-begins',
  'attempt-ends',
  'cancel-accepted',
  'cancel-refused',
]);

/** Blocks the check where the target makes fewer attempts than it must, though nobody canceled: that is no matter of a race. */
async function requireRetries(history: History, operations: readonly Operation[]): Promise<void> {
  const canceled = new Set(
    history.observations.flatMap(({ operation, sight }) =>
      sight.kind === 'cancel-accepted' ? [operation] : [],
    ),
  );
  for (const [index, operation] of operations.entries()) {
    const planned = plans[windowOf(index)]?.length ?? 1;
    if (!canceled.has(operation.id) && operation.attempts.length < planned)
      throw new NotReached(await missingRetry(operation), 'a failure was its end');
  }
}

/**
 * Holds a history against the lifecycle. Where a read, a callback or an event fits no life it is no matter of the race:
 * other checks tell whose it is.
 */
function expectLegal(history: History, operations: readonly Operation[]): void {
  const happened = history.observations.filter(({ sight }) => ofTheRace.has(sight.kind));
  const raced = judge({ ...history, observations: happened });
  const judged = raced.legal ? judge(history) : raced;
  if (judged.legal) return;
  const operation = operations.find(({ id }) => id === judged.operation);
  if (raced.legal && operation !== undefined && !ofTheRace.has(judged.contradiction.sight.kind)) {
    operation.accepted.note('state.legal-history', judged.reason);
    return;
  }
  const evidence = [timelineOf(judged, history)];
  throw new Broken('what was seen of a race', 'a history that the lifecycle allows', judged.reason, {
    evidence,
  });
}
