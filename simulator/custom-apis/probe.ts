import { probeDefinition } from '../../contract/probe.ts';
import { errorCodes } from '../../contract/vocabulary.ts';
import type { OutboundAnswer } from '../behaviour/delivery.ts';
import { jsonObject } from '../plain.ts';
import type { CustomApi, Execution, Outputs } from './custom-api.ts';
import { PlatformError } from './custom-api.ts';

/** Real milliseconds within which the listener has to answer a call. */
const answerTimeout = 30_000;

/** Real milliseconds that all calls of one attempt may take together: time stands still meanwhile. */
const attemptTimeout = 60_000;

/** How often an attempt may be told to continue; one that is told so for ever would never end. */
const continues = 5_000;

/**
 * The probe of the target interface: each attempt asks `ControlUrl` what to do, and does it.
 * Whatever is no proper answer is a failure that is not the platform's.
 */
export const probe: CustomApi = {
  uniqueName: probeDefinition.customApi,
  displayName: probeDefinition.displayName,
  parameters: probeDefinition.parameters.map(({ name, type, optional }) => ({
    uniqueName: name,
    type,
    optional,
  })),
  properties: probeDefinition.properties.map(({ name, type }) => ({ uniqueName: name, type })),
  execute: (execution) => follow(execution, undefined),
};

/** The messages of the errors that our plug-in provokes from the platform, by code. */
const provoked: ReadonlyMap<number, string> = new Map([
  [errorCodes.objectDoesNotExist, "Entity 'systemuser' with the given id does not exist."],
  [errorCodes.noAttribute, "'systemuser' entity doesn't contain attribute with Name = 'bgop_nosuchcolumn'."],
]);

/** Does what our plug-in does in a tenant, which can provoke some of the platform's errors and only inject others. */
export const executePlugIn: CustomApi['execute'] = async (execution) => {
  try {
    return await follow(execution, [...provoked.keys()]);
  } catch (error) {
    const message = error instanceof PlatformError ? provoked.get(error.code) : undefined;
    throw message === undefined ? error : new PlatformError((error as PlatformError).code, message);
  }
};

async function follow(execution: Execution, platformErrors: readonly number[] | undefined): Promise<Outputs> {
  let left = attemptTimeout;
  for (let told = 0; told <= continues; told += 1) {
    const from = performance.now();
    const order = read(await ask(execution, platformErrors, Math.min(answerTimeout, left)));
    if (typeof order !== 'number') return order;
    left -= performance.now() - from;
    if (left <= 0) throw new Error(`ControlUrl took more than ${attemptTimeout / 1000} s in one attempt.`);
    await execution.pause(order);
  }
  throw new Error(
    `ControlUrl answered "continue" more than ${continues.toLocaleString('en-US')} times in one attempt.`,
  );
}

async function ask(
  execution: Execution,
  platformErrors: readonly number[] | undefined,
  timeoutMs: number,
): Promise<OutboundAnswer> {
  const { inputs, operationId, attempt, now, send } = execution;
  const call = {
    time: new Date(now()).toISOString(),
    attempt,
    backgroundOperationId: operationId,
    payload: inputs.Payload,
    platformErrors,
  };
  try {
    return await send({
      method: 'POST',
      url: String(inputs.ControlUrl),
      headers: [['Content-Type', 'application/json']],
      body: JSON.stringify(call),
      purpose: 'probe',
      timeoutMs: Math.ceil(timeoutMs),
    });
  } catch (error) {
    throw new Error(`ControlUrl gave no answer: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** The outputs of success, or the milliseconds to go on for; throws what the attempt fails with. */
function read(answer: OutboundAnswer): Outputs | number {
  if (answer.status !== 200) throw new Error(`ControlUrl answered ${answer.status} instead of 200.`);
  const order = jsonObject(answer.body);
  if (order === undefined) throw new Error('ControlUrl answered no JSON object.');
  switch (order.outcome) {
    case 'succeed':
      return (order.outputs ?? {}) as Outputs;
    case 'continue': {
      const { milliseconds } = order;
      if (typeof milliseconds === 'number' && milliseconds >= 0) return milliseconds;
      throw new Error('ControlUrl answered "continue" without a number of milliseconds.');
    }
    case 'fail': {
      const message = String(order.errorMessage ?? 'The probe was told to fail.');
      if (typeof order.errorCode === 'number') throw new PlatformError(order.errorCode | 0, message);
      throw new Error(message);
    }
    default:
      throw new Error(`ControlUrl answered an unknown outcome: ${JSON.stringify(order.outcome)}.`);
  }
}
