import { pairs, privileges, terminalMessage } from '../../contract/vocabulary.ts';
import type { Operation } from '../core/operation.ts';
import { isGuidText } from '../custom-apis/parameter-types.ts';
import type { PlainAnswer } from '../plain.ts';
import type { Call, Handled } from './call.ts';
import { refused } from './call.ts';
import { errorAnswer, errors } from './errors.ts';

const allow = 'GET,DELETE';

/** The status monitor: `/api/backgroundoperation/{id}`. `id` is what stands in the path, decoded. */
export function monitor(call: Call, id: string): Handled {
  const { method } = call.request;
  const resource =
    method === 'GET' || method === 'HEAD'
      ? 'monitor-get'
      : method === 'DELETE'
        ? 'monitor-delete'
        : 'monitor-other';
  const { world, situation, user } = call;
  const { behaviour } = world;
  const operation = isGuidText(id) ? world.store.get(id.toLowerCase(), situation.now) : undefined;
  const action = resource === 'monitor-get' ? 'read' : 'cancel';
  if (!behaviour.permits(user, action, operation, situation)) {
    return refused(resource, errors.privilegeDenied(privileges[action === 'read' ? 0 : 1]), operation);
  }
  if (resource === 'monitor-other') return refused(resource, errors.noMethod(method, allow), operation);
  if (operation === undefined) return refused(resource, errors.noOperation(id));
  return resource === 'monitor-get' ? show(call, operation) : cancel(call, operation);
}

function show({ world, situation }: Call, operation: Operation): Handled {
  const body = JSON.stringify(world.behaviour.monitor(operation, situation));
  const answer: PlainAnswer = {
    status: 200,
    headers: [
      ['Cache-Control', 'no-cache'],
      ['Content-Type', world.choicesFor(operation).monitorContentType],
    ],
    body,
  };
  return { answer, resource: 'monitor-get', operation, before: operation };
}

function cancel({ world, runner, situation, user }: Call, operation: Operation): Handled {
  const about = { resource: 'monitor-delete', operation, before: operation } as const;
  const { behaviour } = world;
  const choices = world.choicesFor(operation);
  const again = operation.canceled && operation.state !== 3 && choices.canceledAgain === 'refused';
  if (again || behaviour.refusesCancel(operation, situation)) {
    const { status, flat } = choices.refusedDelete;
    const message = again ? 'The operation is being canceled already.' : terminalMessage;
    const body = flat ? { message } : { error: { code: '0x80048d08', message } };
    return { ...about, answer: jsonAnswer(status, body) };
  }
  const after = runner.command(operation.id, { kind: 'cancel', by: user.id });
  if (after === undefined) return { ...about, answer: errorAnswer(errors.noOperation(operation.id)) };
  const { state, status } = pairs.canceling;
  const body = { backgroundOperationStateCode: state, backgroundOperationStatusCode: status };
  return { ...about, operation: after, answer: jsonAnswer(200, body) };
}

function jsonAnswer(status: number, body: object): PlainAnswer {
  return { status, headers: [['Content-Type', 'application/json']], body: JSON.stringify(body) };
}
