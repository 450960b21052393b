import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import type { CallOptions } from '../../harness/probe-calls.ts';
import { calledBack } from './callbacks.ts';
import { fail, NotReached, proceed, succeed } from '../../harness/test.ts';

type Tools = Pick<CheckTools, 'submit' | 'clock'>;
type Options = Omit<CallOptions, 'attempts'>;

const rest = async (operation: Operation): Promise<void> => void (await operation.finished());

/**
 * An operation at its end, for checks to which any end will do: one that succeeds. Where the target breaks
 * what a success should bring about that is noted, and one whose every attempt fails stands in for it.
 *
 * @param reach brings an operation there; blocks the check where it does not come
 */
export async function atAnyEnd(
  { submit, clock }: Tools,
  options: Options = {},
  reach: (operation: Operation) => Promise<unknown> = rest,
): Promise<Operation> {
  const operation = await submit(options);
  try {
    await reach(operation);
    return operation;
  } catch (error) {
    noteOr(error, operation, clock);
    const other = await submit({ ...options, attempts: [fail()] });
    await reach(other);
    return other;
  }
}

/** As {@link atAnyEnd}, an operation whose callback has come. */
export function calledBackAtAnyEnd(
  tools: Tools & Pick<CheckTools, 'target'>,
  options: Options = { callback: true },
): Promise<Operation> {
  return atAnyEnd(tools, options, async (operation) => {
    await operation.finished();
    await calledBack(operation, tools.target);
  });
}

const longMs = 100_000;

/** An operation that is at work for a while, and comes to its end by itself. */
async function atWork({ submit }: Pick<Tools, 'submit'>, options: Options = {}): Promise<Operation> {
  const operation = await submit({ ...options, attempts: [[proceed(longMs), succeed()]] });
  await operation.started();
  return operation;
}

/**
 * Operations whose rows can be read, for checks to which their state is all the same: they have succeeded.
 * Where those have no row, or never come to their end, that is noted, and others stand in that are at work.
 */
export async function withRows(
  { submit, clock }: Tools,
  count: number,
  options: Options = {},
): Promise<Operation[]> {
  const each = Array.from({ length: count });
  const operations = await Promise.all(each.map(() => submit(options)));
  try {
    for (const operation of operations) {
      await operation.finished();
      await requireRow(operation);
    }
    return operations;
  } catch (error) {
    noteOr(error, operations[0], clock);
    const others = await Promise.all(each.map(() => atWork({ submit }, options)));
    for (const operation of others) await requireRow(operation);
    return others;
  }
}

/** As {@link withRows}, a single one. */
export async function withRow(tools: Tools, options: Options = {}): Promise<Operation> {
  return (await withRows(tools, 1, options))[0] as Operation;
}

async function requireRow(operation: Operation): Promise<void> {
  const answer = await operation.consistent(
    () => operation.getRow(),
    ({ status }) => status !== 404,
  );
  if (answer.status === 404) throw new NotReached('submit.row-exists', answer.describe());
}

/** Notes the breach by which something did not come about; raises everything else, and what a real clock leaves open. */
function noteOr(error: unknown, operation: Operation | undefined, { virtual }: Tools['clock']): void {
  if (!(error instanceof NotReached) || !virtual || operation === undefined) throw error;
  operation.accepted.note(error.blockedBy, error.why, error.certain);
}
