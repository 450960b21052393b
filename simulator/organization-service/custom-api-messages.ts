import { messages, privileges } from '../../contract/vocabulary.ts';
import type { NamedValue } from '../core/operation.ts';
import type { CustomApi } from '../custom-apis/custom-api.ts';
import { inputParameters } from '../custom-apis/custom-api.ts';
import { depthOf } from '../http/depth.ts';
import { failureError, readInputs } from '../web-api/custom-api.ts';
import type { ReadInputs } from '../web-api/custom-api.ts';
import { errors } from '../web-api/errors.ts';
import type { Submitted } from '../web-api/submission.ts';
import { submitOperation } from '../web-api/submission.ts';
import { serviceErrors } from './errors.ts';
import { kindNamed, kindOfParameter } from './kinds.ts';
import type { MessageHandler, Message, MessageReply } from './messages.ts';
import { given, missing, readMessage } from './messages.ts';
import { readAs } from './value-reader.ts';
import { pair } from './value-writer.ts';

/** Parameters that any message may carry besides its own; they change nothing here. */
const ofAnyMessage: ReadonlySet<string> = new Set([
  'tag',
  'partitionId',
  'SolutionUniqueName',
  'SuppressDuplicateDetection',
  'SuppressCallbackRegistrationExpanderJob',
  'BypassCustomPluginExecution',
  'BypassBusinessLogicExecution',
  'BypassBusinessLogicExecutionStepIds',
]);

/** The inputs of a custom API, in the JSON form in which the Web API takes them. */
function inputsOf(api: CustomApi, { parameters }: Message): ReadInputs {
  const body: Record<string, unknown> = {};
  for (const [name, element] of parameters) {
    const declared = inputParameters(api).find(({ uniqueName }) => uniqueName === name);
    if (declared === undefined) {
      if (ofAnyMessage.has(name)) continue;
      return { error: errors.invalidArgument(`'${name}' is not a request parameter of ${api.uniqueName}.`) };
    }
    if (element.nil) continue;
    const kind = kindOfParameter[declared.type];
    const value = kindNamed(element) === kind ? readAs(kind, element) : undefined;
    if (value === undefined) return { error: serviceErrors.wrongValue(name, declared.type) };
    body[name] = value;
  }
  return readInputs(api, body);
}

/** A custom API as a message of its own: executed at once. A property that was not set is left out. */
function executeCustomApi(api: CustomApi): MessageHandler {
  return async (call, message): Promise<MessageReply> => {
    const read = inputsOf(api, message);
    if (read.error !== undefined) return read;
    const { outputs, failure } = await call.runner.executeNow(api, read.inputs, depthOf(call.request));
    if (failure !== undefined) return { error: failureError(failure) };
    return { results: outputs.map(resultOf).join('') };
  };
}

function resultOf({ Key, Value, type }: NamedValue): string {
  return pair(Key, { kind: kindOfParameter[type], value: Value });
}

/** `ExecuteBackgroundOperation`: its `Request` has to be the one of a custom API. */
export const executeBackgroundOperation: MessageHandler = (call, message) => {
  const { world, user, situation } = call;
  if (!world.behaviour.permits(user, 'submit', undefined, situation)) {
    return { error: errors.privilegeDenied(privileges[1]) };
  }
  const request = given(message, 'Request');
  if (request === undefined) return missing(message, 'Request');
  const inner = readMessage(request);
  if (inner === undefined) return { error: serviceErrors.wrongValue('Request', 'OrganizationRequest') };
  const api = world.apis.get(inner.name);
  if (api === undefined) {
    const text = `Only custom APIs can be executed in the background, and '${inner.name}' is none.`;
    return { error: errors.invalidOperation(text) };
  }
  const uri = given(message, 'CallbackUri');
  if (uri !== undefined && kindNamed(uri) !== 'string') {
    return { error: serviceErrors.wrongValue('CallbackUri', 'String') };
  }
  const read = inputsOf(api, inner);
  if (read.error !== undefined) return read;
  const submitted = submitOperation(call, api, read.inputs, uri?.text.trim() || undefined);
  const reply = ({ operation, error }: Submitted): MessageReply => {
    if (operation === undefined) return { error };
    const location = world.behaviour.location(operation, situation);
    return {
      results:
        pair('BackgroundOperationId', { kind: 'guid', value: operation.id }) +
        pair('Location', { kind: 'string', value: location }),
      operation: situation.find(operation.id) ?? operation,
    };
  };
  return submitted instanceof Promise ? submitted.then(reply) : reply(submitted);
};

/** The answer to the message of a custom API; undefined if it is none, or the platform's own. */
export function customApiMessage(
  { world }: Parameters<MessageHandler>[0],
  name: string,
): MessageHandler | undefined {
  const api = name === messages.complete ? undefined : world.apis.get(name);
  return api === undefined ? undefined : executeCustomApi(api);
}
