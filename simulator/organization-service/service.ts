import { messages } from '../../contract/vocabulary.ts';
import type { PlainRequest } from '../plain.ts';
import type { Runner } from '../runner.ts';
import type { Situation, User } from '../situation.ts';
import type { Call, Handled } from '../web-api/call.ts';
import { errors } from '../web-api/errors.ts';
import { actingUser } from '../web-api/impersonation.ts';
import type { World } from '../world.ts';
import { situationOf } from '../world.ts';
import { customApiMessage, executeBackgroundOperation } from './custom-api-messages.ts';
import { deleteRow } from './delete.ts';
import type { Invocation } from './envelope.ts';
import { invocationOf, responseOf } from './envelope.ts';
import { serviceErrors } from './errors.ts';
import { faulted, refusedByHttp, soapAnswer, unreadable } from './faults.ts';
import { retrieveCurrentOrganization, retrieveVersion, whoAmI } from './identity-messages.ts';
import type { MessageHandler, MessageReply } from './messages.ts';
import { isWebEndpoint } from './path.ts';
import { retrieve } from './retrieve.ts';
import { retrieveMultiple } from './retrieve-multiple.ts';
import { update } from './update.ts';
import type { ReadXml } from './xml-reader.ts';

const served: ReadonlyMap<string, MessageHandler> = new Map([
  [messages.execute, executeBackgroundOperation],
  ['Retrieve', retrieve],
  ['RetrieveMultiple', retrieveMultiple],
  ['Update', update],
  ['Delete', deleteRow],
  [messages.whoAmI, whoAmI],
  ['RetrieveVersion', retrieveVersion],
  ['RetrieveCurrentOrganization', retrieveCurrentOrganization],
]);

/** `POST /XRMServices/2011/Organization.svc/web`: hands a SOAP message of a known user to what answers it. */
export function organizationService(
  world: World,
  runner: Runner,
  request: PlainRequest,
  situation: Situation,
  user: User,
): Handled | Promise<Handled> {
  if (!isWebEndpoint(request.path)) {
    return refusedByHttp(errors.noResource(`${request.origin}${request.path}`));
  }
  if (request.method !== 'POST') return refusedByHttp(errors.noMethod(request.method, 'POST'));
  const type = request.headers['content-type'] ?? 'text/xml';
  if (!isUtf8Xml(type)) {
    return refusedByHttp(serviceErrors.notXmlType(type));
  }
  const xml = world.messages.read(request.body);
  if (xml instanceof Promise) {
    // Time may have passed while others had their turn.
    return xml.then((read) => answered(world, runner, request, situationOf(world), user, read));
  }
  return answered(world, runner, request, situation, user, xml);
}

/** Whether a `Content-Type` is that of SOAP 1.1 in UTF-8; other parameters than `charset` say nothing here. */
function isUtf8Xml(type: string): boolean {
  const [media = '', ...parameters] = type.split(';').map((each) => each.trim().toLowerCase());
  const charsets = parameters.filter((each) => each.startsWith('charset='));
  return media === 'text/xml' && charsets.every((each) => /^charset=("?)utf-8\1$/.test(each));
}

function answered(
  world: World,
  runner: Runner,
  request: PlainRequest,
  situation: Situation,
  user: User,
  xml: ReadXml,
): Handled | Promise<Handled> {
  if (xml.error?.status === 429) return refusedByHttp(xml.error);
  if (xml.error !== undefined) return unreadable(xml.error, situation.now);
  const read = invocationOf(xml.root);
  if (read.error !== undefined) return unreadable(read.error, situation.now);
  const { invocation } = read;
  const headers = { ...invocation.headers, ...request.headers };
  const shown = { ...request, headers };
  const acting = actingUser(shown, user, world.users);
  if (acting.error !== undefined) return faulted(acting.error, situation.now);
  const call: Call = {
    request: shown,
    world,
    runner,
    situation,
    user: acting.user,
    preferences,
    root: `${request.origin}/api/data/v9.2/`,
  };
  const reply = answer(call, invocation);
  // Without the parameters, so that their tree is not kept while a custom API takes its time.
  const asked = nameOf(invocation);
  const done = (made: MessageReply) => handled(made, asked, situation.now);
  return reply instanceof Promise ? reply.then(done) : done(reply);
}

/** Labels are always shown; everything else that a preference asks for has another form here. */
const preferences: Call['preferences'] = {
  respondAsync: false,
  byHeader: false,
  callbackUrl: undefined,
  annotations: '*',
  maxPageSize: undefined,
  returnRepresentation: false,
};

function answer(call: Call, { operation, message }: Invocation): MessageReply | Promise<MessageReply> {
  if (message === undefined) return { error: serviceErrors.notServed(`the operation '${operation}'`) };
  const found = served.get(message.name) ?? customApiMessage(call, message.name);
  if (found === undefined) return { error: serviceErrors.notServed(`the message '${message.name}'`) };
  return found(call, message);
}

function nameOf({ operation, message, headers }: Invocation): Invocation {
  const { name } = message ?? {};
  return { operation, message: name === undefined ? undefined : { name, parameters: new Map() }, headers };
}

function handled(reply: MessageReply, invocation: Invocation, now: number): Handled {
  const { operation } = reply;
  if (reply.error !== undefined) return faulted(reply.error, now, { operation, before: operation });
  return {
    answer: soapAnswer(responseOf(reply, invocation)),
    resource: 'organization-service',
    operation,
    before: reply.before,
  };
}
