import fc from 'fast-check';
import { limits, members } from '../contract/vocabulary.ts';
import type { CheckTools } from '../harness/collect.ts';
import type { Operation } from '../harness/operation.ts';
import type { AttemptPlan } from '../harness/plan.ts';
import { seenBy } from '../harness/lives.ts';
import { forAll } from '../harness/property.ts';
import {
  Blocked,
  Broken,
  clause,
  expect,
  fail,
  NotReached,
  proceed,
  succeed,
  test,
} from '../harness/test.ts';
import type { MonitorReading } from '../harness/reading.ts';
import { expectApart } from '../scenarios/support/apart.ts';
import { calledBack, ofCompletion, payloadOf } from '../scenarios/support/callbacks.ts';
import { missingRetry } from '../scenarios/support/passing.ts';

/** A plan of attempts below the time limit: how long each runs, and whether it succeeds. */
type Plan = readonly { readonly runsMs: number; readonly succeeds: boolean }[];

const plans: fc.Arbitrary<Plan> = fc.array(
  fc.record({ runsMs: fc.constantFrom(0, 0, 1, 1_000, 59_999, 110_000), succeeds: fc.boolean() }),
  { minLength: 1, maxLength: 5 },
);

/** What the contract makes of a plan: attempts that are made, and whether one succeeds. */
function expected(plan: Plan): { readonly attempts: number; readonly succeeds: boolean } {
  const most = limits.retries + 1;
  for (let index = 0; index < most; index += 1) {
    const attempt = plan[Math.min(index, plan.length - 1)];
    if (attempt?.succeeds === true) return { attempts: index + 1, succeeds: true };
  }
  return { attempts: most, succeeds: false };
}

function steps(plan: Plan): AttemptPlan[] {
  return plan.map(({ runsMs, succeeds }, index) => {
    const end = succeeds ? succeed({ Text: `attempt ${index + 1}` }) : fail(`attempt ${index + 1} failed`);
    return runsMs === 0 ? [end] : [proceed(runsMs), end];
  });
}

function script(plan: Plan): string[] {
  const told = plan.map(
    ({ runsMs, succeeds }) =>
      `${runsMs === 0 ? '' : `runs for ${runsMs} ms and `}${succeeds ? 'succeeds' : 'fails'}`,
  );
  const [only = 'succeeds'] = told;
  const attempts =
    told.length === 1
      ? `that ${only}${plan[0]?.succeeds === true ? '' : ' on every attempt'}`
      : `whose attempts do this in turn: ${told.join('; ')}; any further attempt does the last of these`;
  return [`Submit an operation ${attempts}.`, 'Wait until it ends.'];
}

interface Lived {
  readonly operation: Operation;
  readonly reading: MonitorReading;
  readonly plan: Plan;
}

/** States a law about the life that any plan leads to. The plans are the same for all laws, and each is lived once. */
function law(
  title: string,
  details: Parameters<typeof test>[1],
  judge: (lived: Lived, tools: CheckTools) => void | Promise<void>,
  callback = false,
): void {
  test(title, details, async ({ tools }) => {
    await forAll(
      tools,
      title,
      plans,
      async (plan) => {
        const live = async (): Promise<Lived> => {
          const operation = await tools.submit({ attempts: steps(plan), callback });
          return { operation, reading: await operation.finished(), plan };
        };
        const name = `plan ${callback ? 'with a callback ' : ''}${JSON.stringify(plan)}`;
        await tools.lives.judge(name, tools.target, live, async (lived) => {
          try {
            await judge({ ...lived, operation: seenBy(tools, lived.operation) }, tools);
          } catch (ending) {
            const { reading } = lived;
            throw ending instanceof Broken && timedOut(reading)
              ? new Blocked('time-limit.allows-below', reading.answer.describe())
              : ending;
          }
        });
      },
      { share: 0.3, script },
    );
  });
}

/** Whether the error is one of the platform's: then it was the target's own, since no plan tells one. */
function timedOut({ errorCode }: MonitorReading): boolean {
  return Number.isInteger(errorCode) && errorCode !== 0;
}

const needs = ['probe', 'clock'] as const;

law(
  'any plan of failures MUST lead to as many attempts as the contract has',
  clause('retry.three-times', { branch: 'any plan', needs }),
  ({ operation, plan }) => {
    const made = operation.attempts.length;
    if (made > expected(plan).attempts && made > limits.retries + 1)
      throw new Blocked('retry.at-most-three', `${made} attempts were made`);
    if (expected(plan).succeeds) return;
    expect(made, 'the number of attempts').toBeAtLeast(expected(plan).attempts);
  },
);

law(
  'no plan MUST lead to more than four attempts',
  clause('retry.at-most-three', { branch: 'any plan', needs }),
  ({ operation }) => {
    expect(operation.attempts, 'length', 'the number of attempts').toBeAtMost(limits.retries + 1);
  },
);

// Before a day passes for each plan below: rows do not live for ever.
law(
  'retrycount at rest MUST be the number of attempts less one',
  clause('retry.count', { branch: 'any plan', needs: [...needs, 'table'] }),
  async ({ operation }) => {
    const { row } = await operation.rowWhen(
      ({ state, row: shown }) => state === 3 && shown['retrycount'] === operation.attempts.length - 1,
    );
    expect(row, 'retrycount', 'retrycount at rest').toBe(operation.attempts.length - 1);
  },
);

law(
  'no attempt MUST follow one that succeeded, whatever came before',
  clause('retry.stops-on-success', { branch: 'any plan', needs }),
  async ({ operation, plan }, { clock }) => {
    if (!expected(plan).succeeds) return;
    await clock.advance(86_400_000);
    const ends = operation.attempts.map(({ calls }) => calls.at(-1)?.answer?.outcome);
    const success = ends.indexOf('succeed');
    if (success < 0)
      throw new NotReached(
        await missingRetry(operation),
        'the attempt that would have succeeded was not made',
      );
    expect(ends.slice(success + 1).length, 'the number of attempts after the success').toBe(0);
  },
);

law(
  'a plan that succeeds in time MUST end as succeeded, with the outputs of that attempt',
  clause('retry.recovers', { branch: 'any plan', needs }),
  async ({ operation, reading, plan }) => {
    const { attempts, succeeds } = expected(plan);
    if (!succeeds) return;
    if (operation.attempts.length < attempts)
      throw new NotReached(await missingRetry(operation), `${operation.attempts.length} attempts were made`);
    expect(`(${reading.state},${reading.status})`, 'the codes at rest', reading).toBe('(3,30)');
    expect(reading.body, 'Text', 'the output Text at rest').toBe(`attempt ${attempts}`);
  },
);

law(
  'a plan that never succeeds MUST end as failed',
  clause('state.failed', { branch: 'any plan', needs }),
  ({ reading, plan }) => {
    if (!expected(plan).succeeds)
      expect(`(${reading.state},${reading.status})`, 'the codes at rest', reading).toBe('(3,31)');
  },
);

law(
  'attempts MUST never overlap, however long they run',
  clause('retry.no-overlap', { branch: 'any plan', needs }),
  ({ operation }) => {
    expectApart(operation.attempts);
  },
);

law(
  'the callback MUST come once, after the end, with the codes of the monitor',
  clause('callback.codes', { branch: 'any plan', needs: [...needs, 'callback'] }),
  async ({ operation, reading }, { target }) => {
    await calledBack(operation, target);
    const [delivery] = ofCompletion(operation);
    if (delivery === undefined) throw new NotReached('callback.on-failure', 'no callback came after the end');
    const shown = payloadOf(delivery);
    expect([shown[members.state], shown[members.status]], 'the codes of the callback', shown).toEqual([
      reading.state,
      reading.status,
    ]);
  },
  true,
);
