import fc from 'fast-check';
import { limits } from '../../contract/vocabulary.ts';
import { succeed, type AttemptPlan, type ProbeAnswer } from '../../harness/plan.ts';
import type { Operation } from '../../harness/operation.ts';
import type { PlannedAttempt, Session, SubmitPlan } from './session.ts';

/** One step of a random use of a target. `which` picks one of the operations there are, by remainder. */
export type ModelCommand =
  | { readonly do: 'submit'; readonly plan: SubmitPlan }
  | { readonly do: 'advance'; readonly milliseconds: number }
  | { readonly do: 'read-monitor' | 'read-row' | 'cancel-delete' | 'cancel-patch'; readonly which: number }
  | { readonly do: 'resolve'; readonly which: number; readonly outcome: ProbeAnswer }
  | { readonly do: 'query' | 'touch-unknown' }
  | { readonly do: 'at-once'; readonly commands: readonly ModelCommand[] };

/** Long enough for the row of every operation there is to be deleted. */
const pastExpiryMs = limits.ttlSeconds * 1_000 + 2 * 86_400_000;
const errorMessage = 'told to fail';
const outcomes: fc.Arbitrary<ProbeAnswer> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(succeed({ Text: 'done' })) },
  { weight: 3, arbitrary: fc.constant<ProbeAnswer>({ outcome: 'fail', errorMessage }) },
  {
    weight: 1,
    arbitrary: fc.constant<ProbeAnswer>({ outcome: 'fail', errorMessage, errorCode: -2147187707 }),
  },
);
const attempts: fc.Arbitrary<PlannedAttempt> = fc.oneof(
  { weight: 3, arbitrary: outcomes.map((outcome) => [outcome]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(1_000, 30_000, 110_000, 150_000), outcomes)
      .map(([milliseconds, outcome]): AttemptPlan => [{ outcome: 'continue', milliseconds }, outcome]),
  },
  { weight: 1, arbitrary: fc.constant('held' as const) },
);

const submit: fc.Arbitrary<ModelCommand> = fc
  .record({ attempts: fc.array(attempts, { minLength: 1, maxLength: 4 }), callback: fc.boolean() })
  .map((plan) => ({ do: 'submit', plan }));
const advance: fc.Arbitrary<ModelCommand> = fc
  .constantFrom(1, 999, 5_000, 31_000, 121_000, 3_600_000, 86_400_000, pastExpiryMs)
  .map((milliseconds) => ({ do: 'advance', milliseconds }));
const touch: fc.Arbitrary<ModelCommand> = fc.record({
  do: fc.constantFrom(
    'read-monitor' as const,
    'read-row' as const,
    'cancel-delete' as const,
    'cancel-patch' as const,
  ),
  which: fc.nat(7),
});
const look: fc.Arbitrary<ModelCommand> = fc.record({
  do: fc.constantFrom('read-monitor' as const, 'read-row' as const),
  which: fc.nat(7),
});
const resolve: fc.Arbitrary<ModelCommand> = fc.record({
  do: fc.constant('resolve' as const),
  which: fc.nat(7),
  outcome: outcomes,
});
const beside: fc.Arbitrary<ModelCommand> = fc.constantFrom({ do: 'query' }, { do: 'touch-unknown' });
const atOnce: fc.Arbitrary<ModelCommand> = fc
  .tuple(fc.option(advance, { nil: undefined }), fc.array(touch, { minLength: 1, maxLength: 4 }))
  .map(([moving, touching]) => ({
    do: 'at-once',
    commands: moving === undefined ? touching : [moving, ...touching],
  }));

/** Random sequences of commands. `parallel` adds steps whose requests are made at the same time. */
export function sequences(options: {
  readonly parallel: boolean;
  readonly maxLength: number;
}): fc.Arbitrary<readonly ModelCommand[]> {
  const command = fc.oneof(
    { weight: 3, arbitrary: submit },
    { weight: 4, arbitrary: advance },
    { weight: 3, arbitrary: look },
    { weight: 2, arbitrary: touch },
    { weight: 1, arbitrary: resolve },
    { weight: 1, arbitrary: beside },
    ...(options.parallel ? [{ weight: 4, arbitrary: atOnce }] : []),
  );
  // None at all is a case too: were it not, the last command of a counterexample would never be dropped.
  return fc.array(command, { minLength: 0, maxLength: options.maxLength, size: 'max' });
}

/** Starts several requests so that they overlap, and waits for all. */
export type AtOnce = (requests: readonly (() => Promise<void>)[]) => Promise<unknown>;

const inTheirOrder: AtOnce = (requests) => Promise.all(requests.map((request) => request()));

/** Does one command. What needs an operation does nothing while there is none. */
export async function perform(command: ModelCommand, session: Session, atOnce = inTheirOrder): Promise<void> {
  switch (command.do) {
    case 'submit':
      await session.submit(command.plan);
      return;
    case 'advance':
      await session.advance(command.milliseconds);
      return;
    case 'query':
      await session.query();
      return;
    case 'touch-unknown':
      await session.touchUnknown();
      return;
    case 'at-once':
      await atOnce(command.commands.map((one) => () => perform(one, session, atOnce)));
      return;
    default:
      await touchOperation(command, session);
  }
}

async function touchOperation(
  command: Extract<ModelCommand, { which: number }>,
  session: Session,
): Promise<void> {
  const operation: Operation | undefined =
    session.operations[command.which % Math.max(1, session.operations.length)];
  if (operation === undefined) return;
  switch (command.do) {
    case 'resolve':
      session.resolve(operation, command.outcome);
      return;
    case 'read-monitor':
      await session.readMonitor(operation);
      return;
    case 'read-row':
      await session.readRow(operation);
      return;
    case 'cancel-delete':
      await session.cancel(operation, 'delete');
      return;
    case 'cancel-patch':
      await session.cancel(operation, 'patch');
  }
}

/** A command in words. */
export function describeCommand(command: ModelCommand): string {
  switch (command.do) {
    case 'submit':
      return `Submit an operation${command.plan.callback ? ' with a callback' : ''} whose attempts ${describeAttempts(command.plan.attempts)}.`;
    case 'advance':
      return `Let ${command.milliseconds} ms pass.`;
    case 'at-once':
      return `At the same time: ${command.commands.map(describeCommand).join(' ')}`;
    case 'query':
      return 'Query the rows of all operations.';
    case 'touch-unknown':
      return 'GET and DELETE the monitor of an id that does not exist.';
    case 'resolve':
      return `If an attempt of operation ${command.which + 1} is held open, let it ${describeStep(command.outcome)}.`;
    case 'read-monitor':
      return `GET the monitor of operation ${command.which + 1}.`;
    case 'read-row':
      return `GET the row of operation ${command.which + 1}.`;
    case 'cancel-delete':
      return `DELETE operation ${command.which + 1}.`;
    case 'cancel-patch':
      return `PATCH the row of operation ${command.which + 1} to cancel it.`;
  }
}

function describeAttempts(plan: readonly PlannedAttempt[]): string {
  const described = (steps: PlannedAttempt): string =>
    steps === 'held' ? 'stay open until they are resolved' : steps.map(describeStep).join(', then ');
  return plan.map(described).join('; next ');
}

function describeStep(step: AttemptPlan[number]): string {
  if (!('outcome' in step)) return 'stay open';
  switch (step.outcome) {
    case 'succeed':
      return 'succeed';
    case 'fail':
      return step.errorCode === undefined ? 'fail' : `fail with code ${step.errorCode}`;
    case 'continue':
      return `run for ${step.milliseconds} ms`;
    case 'odd':
      return `answer ${step.status}`;
  }
}
