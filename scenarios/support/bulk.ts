import type { JsonObject } from '../../harness/answer.ts';
import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import { expect, NotReached, Undecided } from '../../harness/test.ts';
import type { Attempts } from '../../harness/probe-calls.ts';
import { monitorBody } from './moments.ts';
import { type Told, type ToldBy, withEveryWay } from './told.ts';
import { sameValue } from './values.ts';
import { passes } from './waiting.ts';

/** A batch of work: one background operation, and how it has to end. */
export interface WorkBatch {
  readonly payload: string;
  readonly attempts: Attempts;
  readonly outputs?: JsonObject;
  readonly status: number;
  /** Executions that it takes; undefined where more than one number is right. */
  readonly executions: number;
}

type Tools = Pick<CheckTools, 'submit' | 'client' | 'target' | 'events'>;

interface Submitted {
  readonly work: WorkBatch;
  readonly operation: Operation;
  readonly as: 'initiator' | 'other';
}

/** What is wrong with an operation: that one way did not tell of it once, or something else. */
interface Problem {
  readonly submitted: Submitted;
  readonly what: string;
  readonly way?: ToldBy;
}

/** Operations of a kind that a control starts at the same time: one that goes wrong alone says nothing about many. */
const few = 3;

/**
 * Submits all of the work at once, by both users where there are two, and demands that each operation ends as it
 * has to and is told of in every way that the target offers, by callback once. The check is undecided where a few of
 * them do not either: then other clauses are broken. Nobody has to tell a callback registration: where it is not told
 * of a few, it need not be of many.
 */
export async function expectAllWell(tools: Tools, works: readonly WorkBatch[]): Promise<void> {
  await withEveryWay(tools, async (told) => {
    const { problems } = await process(tools, told, works);
    const wrong = problems.length === 0 ? problems : await apartFrom(tools, told, works, problems);
    expect(inWords(wrong), `what went wrong with ${works.length} operations at once`).toEqual([]);
  });
}

/** Those of the problems of many operations that a few do not have; undecided where a few have any. */
async function apartFrom(
  tools: Tools,
  told: Told,
  works: readonly WorkBatch[],
  problems: readonly Problem[],
): Promise<readonly Problem[]> {
  const kinds = new Set(works.map(({ executions }) => executions));
  const alone = [...kinds].flatMap((kind) =>
    works.filter(({ executions }) => executions === kind).slice(0, few),
  );
  const control = await process(tools, told, alone);
  const untold = untoldKinds(told, control.submitted);
  const counts = ({ way, submitted }: Problem): boolean =>
    way !== 'calls of a callback registration' || !untold.has(kindOf(submitted));
  const among = control.problems.filter(counts);
  if (among.length > 0)
    throw new Undecided(`of ${alone.length} operations alone: ${inWords(among).join('; ')}`);
  return problems.filter(counts);
}

/** Whether a registration is told may depend on how an operation ends, and on whose it is. */
function kindOf({ work, as }: Submitted): string {
  return `${work.status} ${as}`;
}

function untoldKinds(told: Told, submitted: readonly Submitted[]): Set<string> {
  const kinds = new Set(submitted.map(kindOf));
  for (const one of submitted)
    if ((told.of(one.operation).get('calls of a callback registration') ?? 0) > 0) kinds.delete(kindOf(one));
  return kinds;
}

async function process(
  { submit, target }: Tools,
  told: Told,
  works: readonly WorkBatch[],
): Promise<{ readonly submitted: readonly Submitted[]; readonly problems: readonly Problem[] }> {
  const submitted = await Promise.all(
    works.map(async (work, index): Promise<Submitted> => {
      const as = target.offers.other && index % 3 === 1 ? 'other' : 'initiator';
      const { payload, attempts } = work;
      return { work, as, operation: await submit({ payload, attempts, callback: true, as }) };
    }),
  );
  const early = target.clock.virtual && submitted.some(({ operation }) => hasStarted(operation));
  for (const { operation } of submitted) await operation.settled();
  await told.allOf(submitted.map(({ operation }) => operation));
  await passes(target);
  const problems: Problem[] = [];
  for (const one of submitted) problems.push(...(await problemsOf(told, one)));
  if (early && problems.length > 0)
    throw new NotReached('submit.does-not-wait', 'operations were executed before the clock moved');
  return { submitted, problems };
}

function hasStarted({ parts }: Operation): boolean {
  return (parts.play?.attempts.length ?? 0) > 0;
}

async function problemsOf(told: Told, submitted: Submitted): Promise<Problem[]> {
  const { work, operation } = submitted;
  const { payload, status, outputs = {}, executions } = work;
  const problems: Problem[] = [];
  const wrong = (what: string): void => void problems.push({ submitted, what });
  // That the others come once only is a SHOULD, of event.once and flow.event-once; that a callback does is a MUST.
  for (const [way, count] of told.of(operation))
    if (count === 0 || (count > 1 && way === 'callbacks'))
      problems.push({ submitted, what: `${count} ${way}`, way });
  const answer = await operation.getMonitor();
  const shown = monitorBody(answer);
  if (shown['backgroundOperationStatusCode'] !== status)
    wrong(`the status ${String(shown['backgroundOperationStatusCode'])} instead of ${status}`);
  for (const [name, value] of Object.entries(outputs))
    if (!sameValue(name, value, shown[name])) wrong(`the output ${name} ${JSON.stringify(shown[name])}`);
  const { play } = operation.parts;
  if (play !== undefined && play.attempts.length !== executions)
    wrong(`${play.attempts.length} executions instead of ${executions}`);
  const strange = play?.attempts.find(({ calls }) =>
    calls.some((call) => call.payload !== undefined && call.payload !== payload),
  );
  if (strange !== undefined) wrong('the input of another one');
  return problems;
}

/** A line for each operation that something is wrong with. */
function inWords(problems: readonly Problem[]): string[] {
  const lines = Map.groupBy(problems, ({ submitted }) => submitted);
  return [...lines].map(([{ work }, list]) => `${work.payload}: ${list.map(({ what }) => what).join(', ')}`);
}
