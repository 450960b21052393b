import type { CheckTools } from '../../harness/collect.ts';
import type { Operation } from '../../harness/operation.ts';
import type { Attempts } from '../../harness/probe-calls.ts';
import { isTerminal } from '../../harness/reading.ts';
import { expect, Undecided } from '../../harness/test.ts';
import { type Told, withEveryWay } from './told.ts';
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

type Tools = Pick<CheckTools, 'submit' | 'client' | 'target' | 'events'>;

/** What a night came to: its status and how often it was executed. */
interface Outcome {
  readonly name: string;
  /** Undefined for a canceled night: what a canceled run ends as is not documented, and may differ from night to night. */
  readonly status: number | undefined;
  readonly executions: number;
  /** In which ways it was told of, and by how many callbacks; undefined for a canceled night, as the status is. */
  readonly told: readonly string[] | undefined;
}

/**
 * Runs the nights one after the other with the same input, as a recurrence does, and demands that each comes to what
 * it comes to by itself, with an input of its own, and is told of in the same ways; and that nothing of a night
 * happens in a later one.
 */
export async function expectNightsApart(tools: Tools, nights: readonly Night[]): Promise<void> {
  await withEveryWay(tools, async (told) => {
    const alone: Outcome[] = [];
    // Each input is new, also where the check is repeated.
    for (const night of nights) alone.push((await run(tools, told, night, crypto.randomUUID())).outcome);
    const operations: Operation[] = [];
    const together: Outcome[] = [];
    for (const night of nights) {
      const { operation, outcome } = await run(tools, told, night, 'clean-up', true);
      operations.push(operation);
      together.push(outcome);
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
  });
}

/** Runs one night, until nothing more can come of it. */
async function run(
  { submit, target }: Tools,
  told: Told,
  { name, attempts, canceled }: Night,
  payload: string,
  among = false,
): Promise<{ readonly operation: Operation; readonly outcome: Outcome }> {
  const operation = await submit({ attempts, payload, callback: target.offers.callbacks });
  if (canceled === true) {
    await operation.started().catch((error: unknown) => {
      if (!among || !(error instanceof Undecided)) throw error;
    });
    await operation.canceled();
  }
  // By itself it comes to its end; where it does not among the others, that is what it came to.
  const reading = among ? await operation.settled() : await operation.finished();
  const status = isTerminal(reading) ? reading.status : undefined;
  await passes(target);
  const executions = operation.attempts.length;
  if (canceled === true)
    return { operation, outcome: { name, status: undefined, executions, told: undefined } };
  const ways = [...told.of(operation)].flatMap(([way, count]) =>
    count === 0 ? [] : [way === 'callbacks' ? `${count} ${way}` : way],
  );
  return { operation, outcome: { name, status: status ?? Number.NaN, executions, told: ways } };
}
