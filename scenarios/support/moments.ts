import type { Need } from '../../contract/clause.ts';
import { headers } from '../../contract/vocabulary.ts';
import type { Answer } from '../../harness/answer.ts';
import type { Client } from '../../harness/client.ts';
import type { CheckTools } from '../../harness/collect.ts';
import { until } from '../../harness/drive.ts';
import type { Operation } from '../../harness/operation.ts';
import { monitorCodesIn, readMonitorBody } from '../../harness/reading.ts';
import { Blocked, fail, Hold, NotReached, proceed, succeed, Undecided } from '../../harness/test.ts';

/** What it takes to bring an operation to a moment of its life. */
export type MomentTools = Pick<CheckTools, 'submit' | 'clock' | 'target'>;

/** A moment in the life of an operation at which a check looks around. */
export interface LifeMoment {
  /** For titles: "while it waits". */
  readonly when: string;
  /** The branch of a clause: the same words. */
  readonly branch: string;
  readonly needs: readonly Need[];
  /** Brings a new operation there, lets the check look, and leaves nothing behind that hangs. */
  readonly enter: (tools: MomentTools, look: (operation: Operation) => Promise<void>) => Promise<void>;
}

const holdMs = 1_000;

/**
 * Lets time pass until the raw monitor shows state 3, in whatever form, or no codes and no success: that is
 * then for the check to judge. A monitor that never shows a state is read for the last time when patience ends.
 */
export async function driveToRest(
  { clock, target }: Pick<MomentTools, 'clock' | 'target'>,
  operation: Operation,
): Promise<Answer> {
  let last: Answer | undefined;
  const state = (): number => (last === undefined ? undefined : monitorCodesIn(last))?.state ?? Number.NaN;
  const look = async (): Promise<boolean> => {
    last = await operation.getMonitor();
    return state() === 3 || (!last.ok && Number.isNaN(state()));
  };
  if (clock.virtual) await clock.pass(1);
  const seen = await until(clock, target.config.polling, operation.parts.patience, look);
  operation.parts.raise();
  if (last !== undefined && (seen || (clock.virtual && Number.isNaN(state())))) return last;
  if (last !== undefined && Number.isNaN(state())) throw new Blocked('monitor.codes', last.describe());
  if (last !== undefined)
    await operation.requireEnd({ state: state(), status: monitorCodesIn(last)?.status ?? Number.NaN });
  throw new Undecided('the operation was not at rest in the time that the suite waits');
}

/** GET of the monitor with the headers of the Web API, which a monitor should not need. */
export function readWithODataHeaders(client: Client, path: string): Promise<Answer> {
  const fields = [
    ['Accept', 'application/json'],
    ['OData-MaxVersion', '4.0'],
    [headers.odataVersion, '4.0'],
  ] as const;
  return client.send({ method: 'GET', path, headers: fields });
}

/** The body of a monitor, whatever its members are. */
export const monitorBody = readMonitorBody;

function moment(when: string, needs: readonly Need[], enter: LifeMoment['enter']): LifeMoment {
  return { when, branch: when, needs, enter };
}

/** Holds an attempt open while the check looks, and lets it succeed afterwards. */
async function held(
  { submit }: MomentTools,
  look: (operation: Operation) => Promise<void>,
): Promise<Operation> {
  const hold = new Hold(holdMs);
  const operation = await submit({ attempts: [hold] });
  try {
    await operation.started();
    await look(operation);
  } finally {
    hold.release(succeed());
  }
  return operation;
}

/** Retries that can be awaited: the last wait is the longest. */
const mostRetries = 3;
/** By then an elastic row has come. */
const rowMs = 6_000;

/**
 * Lets the check look while a retry is awaited. In real time the retry may come meanwhile: then what the check saw
 * says nothing, and it looks at another operation, before a later retry. In virtual time the attempt goes on until its
 * row is there: to wait for it afterwards would let the retry come.
 */
export async function betweenAttempts(
  {
    submit,
    clock,
  }: Pick<CheckTools, 'submit'> & { readonly clock: Pick<CheckTools['clock'], 'virtual' | 'advance'> },
  look: (operation: Operation) => Promise<void>,
): Promise<void> {
  const first = clock.virtual ? [proceed(rowMs), fail()] : [fail()];
  for (let failures = 1; failures <= mostRetries; failures += 1) {
    const further = Array.from({ length: failures - 1 }, () => fail());
    const operation = await submit({ attempts: [first, ...further, succeed()] });
    await operation.started(failures);
    if (clock.virtual) await clock.advance(rowMs);
    const passed = (): boolean => !clock.virtual && (operation.parts.play?.attempts.length ?? 0) > failures;
    try {
      await look(operation);
      if (!passed()) return;
    } catch (error) {
      if (!passed()) throw error;
    }
  }
  throw new Undecided('each retry had come before the check could look');
}

/** The moments that clauses about reading an operation distinguish. */
export const moments = {
  waiting: moment('while it waits', ['probe', 'clock'], async ({ submit }, look) => {
    const operation = await submit();
    if ((operation.parts.play?.attempts.length ?? 0) > 0)
      throw new NotReached('submit.does-not-wait', 'it was executed before the clock moved');
    await look(operation);
  }),

  executing: moment('while it executes', ['probe'], async (tools, look) => void (await held(tools, look))),

  awaitingRetry: moment('while a retry is awaited', ['probe', 'clock', 'slow'], betweenAttempts),

  canceling: moment('while it is being canceled', ['probe'], async (tools, look) => {
    await held(tools, async (operation) => {
      await operation.canceled();
      await look(operation);
    });
  }),

  succeeded: moment('after success', ['probe'], async (tools, look) => {
    const operation = await tools.submit();
    await driveToRest(tools, operation);
    await look(operation);
  }),

  recovered: moment('after a retry that succeeded', ['probe', 'clock', 'slow'], async (tools, look) => {
    const operation = await tools.submit({ attempts: [fail(), succeed()] });
    await driveToRest(tools, operation);
    await look(operation);
  }),

  failed: moment('after the last failure', ['probe', 'clock', 'slow'], async (tools, look) => {
    const operation = await tools.submit({ attempts: [fail()] });
    await driveToRest(tools, operation);
    await look(operation);
  }),

  canceled: moment('after a cancellation before the start', ['probe', 'clock'], async (tools, look) => {
    const operation = await tools.submit();
    await operation.canceled();
    await driveToRest(tools, operation);
    if ((operation.parts.play?.attempts.length ?? 0) > 0)
      throw new Blocked('cancel.before-start-never-executes', 'it was executed all the same');
    await look(operation);
  }),

  canceledRunning: moment('after a cancellation during the attempt', ['probe'], async (tools, look) => {
    const operation = await held(tools, async (running) => void (await running.canceled()));
    await driveToRest(tools, operation);
    await look(operation);
  }),

  canceledBetween: moment(
    'after a cancellation between two attempts',
    ['probe', 'clock'],
    async (tools, look) => {
      const operation = await tools.submit({ attempts: [fail()] });
      await operation.started();
      await operation.canceled();
      await driveToRest(tools, operation);
      await look(operation);
    },
  ),
} as const satisfies Record<string, LifeMoment>;
