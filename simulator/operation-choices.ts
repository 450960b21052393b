import type { Choices } from './choices.ts';
import { varyChoices } from './choices.ts';
import type { Operation } from './core/operation.ts';
import type { Column } from './core/table.ts';

/** Choices that an implementation may take anew for each operation. */
const ofOneOperation = [
  'retry',
  'retryPlatformErrors',
  'platformRetries',
  'retryTimeOuts',
  'attemptLimitMs',
  'timeOutCode',
  'betweenAttempts',
  'canceledButSucceeded',
  'canceledButFailed',
  'errorBetweenAttempts',
  'errorAfterRecovery',
  'startTime',
  'endTimeOfNeverStarted',
  'retriesCounted',
  'keyValueTypes',
  'emptyInputs',
  'emptyOutputs',
  'acceptedBody',
  'retryAfter',
  'callbackApplied',
  'redelivery',
  'canceledAgain',
  'refusedPatch',
  'rowLagMs',
  'dates',
  'upperCaseGuids',
  'monitorContentType',
  'ttlFrom',
  'calls',
] as const satisfies readonly (keyof Choices)[];

/** Keeps the seeds of a run's operations apart from those of runs. */
const apart = 1_000_003;

/** What operation number `sequence` of a simulator with this seed chooses for itself; the same each time. */
export function varyOperation(seed: number, sequence: number): Partial<Choices> {
  const varied = varyChoices(apart * (seed + 1) + sequence);
  return Object.fromEntries(ofOneOperation.map((name) => [name, varied[name]]));
}

/** As {@link varyOperation} for three of four seeds; with the others all operations choose alike. */
export function operationsOf(seed: number): ((sequence: number) => Partial<Choices>) | undefined {
  return seed % 4 === 0 ? undefined : (sequence) => varyOperation(seed, sequence);
}

/** The instant at which the virtual clock of a seed starts: some in years that date arithmetic gets wrong. */
export function startOf(seed: number): number {
  const starts = [Date.UTC(2026, 0, 1), 0, Date.UTC(2028, 1, 28, 23, 59), Date.UTC(2038, 0, 19, 3, 14)];
  return starts[seed % 3 === 0 ? (seed / 3) % starts.length : 0] ?? 0;
}

/** How many looks the rows of a table have at most. */
const mostLooks = 16;

/** Gives each operation the choices of its own, and remembers some of them. */
export function choicesByOperation(
  run: Choices,
  own: ((sequence: number) => Choices) | undefined,
): (operation: Pick<Operation, 'sequence'> | undefined) => Choices {
  if (own === undefined) return () => run;
  const known = new Map<number, Choices>();
  return (operation) => {
    if (operation === undefined) return run;
    const { sequence } = operation;
    let choices = known.get(sequence);
    if (choices === undefined) {
      choices = own(sequence);
      if (known.size > 10_000) known.clear();
      known.set(sequence, choices);
    }
    return choices;
  };
}

/** Columns of which each row has the look of its own operation; there are a few looks, not one for each row. */
export function columnsByOperation(
  own: ((sequence: number) => Choices) | undefined,
  columns: (choices: Choices) => readonly Column[],
  run: Choices,
): readonly Column[] {
  if (own === undefined) return columns(run);
  const looks = Array.from({ length: mostLooks }, (_each, index) => columns(own(index || mostLooks)));
  return columns(run).map((column, at) => {
    const of = ({ sequence }: Operation): Column => looks[sequence % mostLooks]?.[at] ?? column;
    return {
      ...column,
      read: (operation) => of(operation).read(operation),
      ...(column.show === undefined
        ? {}
        : { show: (operation) => (of(operation).show ?? column.show ?? column.read)(operation) }),
    };
  });
}
