import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import type { Attempts } from '../../harness/probe.ts';
import { expect, Undecided } from '../../harness/test.ts';
import { passes } from './waiting.ts';

/** One night of a recurring clean-up. */
export interface Night {
  readonly name: string;
  readonly attempts: Attempts;
  /** Whether it is tried again is not documented, and may differ from night to night. */
  readonly openAttempts?: true;
  /** Whether it is canceled while its attempt runs. */
  readonly canceled?: boolean;
}

type Tools = Pick<CheckTools, 'submit' | 'target'>;

/** What a night came to: its status and how often it was executed. */
interface Outcome {
  readonly name: string;
  /** Undefined for a canceled night: what a canceled run ends as is not documented, and may differ from night to night. */
  readonly status: number | undefined;
  readonly executions: number;
}

/**
 * Runs the nights one after the other with the same input, as a recurrence does, and demands that each comes to what
 * it comes to by itself, with an input of its own; and that nothing of a night happens in a later one.
 */
export async function expectNightsApart(tools: Tools, nights: readonly Night[]): Promise<void> {
  const alone: Outcome[] = [];
  for (const night of nights) alone.push((await run(tools, night, `alone: ${night.name}`)).outcome);
  const operations: Operation[] = [];
  const together: Outcome[] = [];
  for (const night of nights) {
    const { operation, outcome } = await run(tools, night, 'clean-up');
    operations.push(operation);
    together.push(outcome);
    await passes(tools.target);
  }
  const shown = (outcomes: readonly Outcome[]): unknown =>
    outcomes.map((outcome, index) =>
      nights[index]?.openAttempts === true ? { ...outcome, executions: undefined } : outcome,
    );
  expect(shown(together), 'what the nights of a recurring run came to').toEqual(shown(alone));
  const late = nights.flatMap((night, index) => {
    const operation = operations[index];
    return operation !== undefined && operation.attempts.length !== together[index]?.executions
      ? [night.name]
      : [];
  });
  if (late.length > 0) throw new Undecided(`executed again in a later night: ${late.join(', ')}`);
}

async function run(
  { submit }: Tools,
  { name, attempts, canceled }: Night,
  payload: string,
): Promise<{ readonly operation: Operation; readonly outcome: Outcome }> {
  const operation = await submit({ attempts, payload });
  if (canceled === true) {
    await operation.started();
    await operation.canceled();
  }
  const { status } = await operation.finished();
  return {
    operation,
    outcome: {
      name,
      status: canceled === true ? undefined : (status ?? Number.NaN),
      executions: operation.attempts.length,
    },
  };
}
