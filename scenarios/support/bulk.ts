import type { JsonObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import { expect, NotReached, Undecided } from '../../harness/test.ts';
import type { Attempts } from '../../harness/probe.ts';
import { monitorBody } from './moments.ts';
import { sameValue } from './values.ts';
import { comes, passes } from './waiting.ts';

/** A batch of work: one background operation, and how it has to end. */
export interface Work {
  readonly payload: string;
  readonly attempts: Attempts;
  readonly outputs?: JsonObject;
  readonly status: number;
  /** Executions that it takes; undefined where more than one number is right. */
  readonly executions: number;
}

type Tools = Pick<CheckTools, 'submit' | 'target' | 'events'>;

interface Submitted {
  readonly work: Work;
  readonly operation: Operation;
}

/** Operations that a control starts at the same time: one that goes wrong alone says nothing about many. */
const few = 3;

/**
 * Submits all of the work at once, by both users where there are two, and demands that each operation ends as it
 * has to and is told of in every way that the target offers, by callback once. The check is undecided where a few of them do
 * not either: then other clauses are broken.
 */
export async function expectAllWell(tools: Tools, works: readonly Work[]): Promise<void> {
  const wrong = await wrongOf(tools, works);
  if (wrong.length > 0) {
    const kinds = new Set(works.map(({ executions }) => executions));
    const alone = [...kinds].flatMap((kind) =>
      works.filter(({ executions }) => executions === kind).slice(0, few),
    );
    const among = await wrongOf(tools, alone);
    if (among.length > 0) throw new Undecided(`of ${alone.length} operations alone: ${among.join('; ')}`);
  }
  expect(wrong, `what went wrong with ${works.length} operations at once`).toEqual([]);
}

async function wrongOf(tools: Tools, works: readonly Work[]): Promise<string[]> {
  const { submit, target, events } = tools;
  if (target.offers.events !== undefined) await events.subscribe();
  const submitted = await Promise.all(
    works.map(async (work, index): Promise<Submitted> => {
      const other = target.offers.other && index % 3 === 1;
      const { payload, attempts } = work;
      const as = other ? 'other' : 'initiator';
      return { work, operation: await submit({ payload, attempts, callback: true, as }) };
    }),
  );
  const early = target.clock.virtual && submitted.some(({ operation }) => hasStarted(operation));
  if (early) throw new NotReached('submit.does-not-wait', 'operations were executed before the clock moved');
  for (const { operation } of submitted) await operation.settled();
  await comes(target, () => submitted.every((one) => toldOf(tools, one).every(({ count }) => count > 0)));
  await passes(target);
  const wrong: string[] = [];
  for (const one of submitted) wrong.push(...(await wrongWith(tools, one)));
  return wrong;
}

function hasStarted({ parts }: Operation): boolean {
  return (parts.play?.attempts.length ?? 0) > 0;
}

/** How often an operation was told of, by each way. */
function toldOf({ target, events }: Tools, { operation }: Submitted): { way: string; count: number }[] {
  const callbacks = { way: 'callbacks', count: operation.callbacks.length };
  if (target.offers.events === undefined) return [callbacks];
  return [callbacks, { way: 'events', count: events.deliveriesOf(operation.id).length }];
}

async function wrongWith(tools: Tools, submitted: Submitted): Promise<string[]> {
  const { work, operation } = submitted;
  const { payload, status, outputs = {}, executions } = work;
  // That an event comes once only is a SHOULD, of event.once; that a callback does is a MUST.
  const problems = toldOf(tools, submitted).flatMap(({ way, count }) =>
    count === 1 || (count > 1 && way === 'events') ? [] : [`${count} ${way}`],
  );
  const answer = await operation.getMonitor();
  const shown = monitorBody(answer);
  if (shown['backgroundOperationStatusCode'] !== status)
    problems.push(`the status ${String(shown['backgroundOperationStatusCode'])} instead of ${status}`);
  for (const [name, value] of Object.entries(outputs))
    if (!sameValue(name, value, shown[name]))
      problems.push(`the output ${name} ${JSON.stringify(shown[name])}`);
  const { play } = operation.parts;
  if (play !== undefined && play.attempts.length !== executions)
    problems.push(`${play.attempts.length} executions instead of ${executions}`);
  const strange = play?.attempts.find(({ calls }) =>
    calls.some((call) => call.payload !== undefined && call.payload !== payload),
  );
  if (strange !== undefined) problems.push('the input of another one');
  return problems.length === 0 ? [] : [`${payload}: ${problems.join(', ')}`];
}
