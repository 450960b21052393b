import { probeDefinition } from '../../contract/probe.ts';
import type { OutboundAnswer } from '../behaviour/delivery.ts';
import { jsonObject } from '../plain.ts';
import type { CustomApi, Execution, Outputs } from './custom-api.ts';
import { PlatformError } from './custom-api.ts';

/** Real milliseconds within which the listener has to answer. */
const answerTimeout = 30_000;

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
  async execute(execution) {
    for (;;) {
      const order = read(await ask(execution));
      if (typeof order !== 'number') return order;
      await execution.pause(order);
    }
  },
};

async function ask(execution: Execution): Promise<OutboundAnswer> {
  const { inputs, operationId, attempt, now, send } = execution;
  const call = {
    time: new Date(now()).toISOString(),
    attempt,
    backgroundOperationId: operationId,
    payload: inputs.Payload,
  };
  try {
    return await send({
      method: 'POST',
      url: String(inputs.ControlUrl),
      headers: [['Content-Type', 'application/json']],
      body: JSON.stringify(call),
      purpose: 'probe',
      timeoutMs: answerTimeout,
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
