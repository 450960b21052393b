import { defaultChoices } from '../../choices.ts';
import { createRandom, type Random } from '../../core/random.ts';
import { PlatformError, type CustomApi, type Execution, type Outputs } from '../custom-api.ts';
import type {
  AttemptDefinition,
  CustomApiDefinition,
  OutcomeDefinition,
  ParameterDefinition,
  WeightedOutcome,
} from './definition.ts';
import { filled } from './template.ts';

/** Longer than any limit of attempts: ten years. */
const untilTimeOut = 315_576_000_000;

/** A custom API that behaves as its definition says. What is drawn is drawn by `seed`. */
export function compileApi(definition: CustomApiDefinition, seed: number): CustomApi {
  const { uniqueName, displayName = uniqueName, binding, isFunction, isPrivate } = definition;
  const { parameters = [], properties = [], attempts = [] } = definition;
  const random = createRandom(seed);
  return {
    uniqueName,
    displayName,
    ...(binding === undefined ? {} : { binding }),
    isFunction: isFunction ?? false,
    isPrivate: isPrivate ?? false,
    parameters: parameters.map(parameterOf),
    properties,
    execute: (execution) => {
      const attempt = attempts[Math.min(execution.attempt, attempts.length) - 1] ?? {};
      return end({ ...definition, ...outcomeOf(attempt, random) }, execution);
    },
  };
}

function parameterOf({ uniqueName, type, optional = false }: ParameterDefinition) {
  return { uniqueName, type, optional };
}

function outcomeOf(attempt: AttemptDefinition, random: Random): OutcomeDefinition {
  return 'oneOf' in attempt ? drawn(attempt.oneOf, random) : attempt;
}

function drawn(outcomes: readonly WeightedOutcome[], random: Random): OutcomeDefinition {
  let left = random() * outcomes.reduce((sum, { weight }) => sum + weight, 0);
  // The last one where rounding leaves something over.
  return outcomes.find(({ weight }) => (left -= weight) < 0) ?? outcomes.at(-1) ?? {};
}

async function end(
  { durationMs = 0, outputs = {}, fail, timeOut = false }: OutcomeDefinition,
  execution: Execution,
): Promise<Outputs> {
  // A synchronous caller should not be kept waiting for a virtual clock that nobody moves.
  const waits = execution.operationId !== undefined;
  if (timeOut) {
    if (waits) await execution.pause(untilTimeOut);
    throw new PlatformError(defaultChoices.timeOutCode, 'The custom API did not end within its time limit.');
  }
  if (waits && durationMs > 0) await execution.pause(durationMs);
  if (fail !== undefined) {
    const message = String(filled(fail.message, execution) ?? '');
    throw fail.code === undefined ? new Error(message) : new PlatformError(fail.code, message);
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, filled(value, execution)]));
}
