/** The event at the end of every background operation: who may listen, and what listeners are told. */
import { randomUUID } from 'node:crypto';
import { refuse } from './answers.mjs';
import { callWebhook } from './deliveries.mjs';
import { PROBE } from './probe.mjs';
import { checkCallbackRegistration } from './flows.mjs';
import { COMPLETION_MESSAGE } from './registry-tables.mjs';
import { BUSINESS_UNIT_ID, ORGANIZATION_ID } from './users.mjs';

export { COMPLETION_MESSAGE };

const WEBHOOK = 8;
const ASYNCHRONOUS = 1;
const POST_OPERATION = 40;
const ORGANIZATION_NAME = 'secondtarget';
const EMPTY_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Refuses endpoints that are no webhooks, and steps that the platform would not take: on a message
 * without steps, and synchronous ones on a message that takes asynchronous ones only.
 */
export function checkRegistration(registry, set, values) {
  if (set === 'serviceendpoints') {
    if (values.contract !== WEBHOOK)
      throw refuse.malformedRequest('Only webhooks (contract 8) can be registered here.');
    if (!/^https?:\/\/[^/?#]/i.test(values.url ?? ''))
      throw refuse.malformedRequest('A webhook needs an http or https url.');
    return;
  }
  if (set === 'callbackregistrations') checkCallbackRegistration(values);
  if (set !== 'sdkmessageprocessingsteps') return;
  const message = registry.get('sdkmessages', values._sdkmessageid_value);
  if (message === undefined) throw refuse.unknownRow('sdkmessage', values._sdkmessageid_value ?? EMPTY_ID);
  const { name } = message.values;
  const api = registry.list('customapis').find((row) => row.values.uniquename === name);
  if ((api?.values.allowedcustomprocessingsteptype ?? 0) === 0) throw refuse.noSteps(name);
  if (values.mode !== ASYNCHRONOUS) throw refuse.synchronousStep(name);
  if (values.stage !== POST_OPERATION)
    throw refuse.malformedRequest('An asynchronous step stands in stage 40.');
  if (registry.get('serviceendpoints', values._eventhandler_value) === undefined) {
    throw refuse.unknownRow('serviceendpoint', values._eventhandler_value ?? EMPTY_ID);
  }
}

/**
 * Calls the webhook of every enabled step on the completion message; resolves when all have
 * answered or been given up for now. Each call has an asyncoperation row, which stays unless the
 * step is one with Auto Delete and the call succeeded.
 */
export async function raiseCompletion(clock, registry, operation) {
  const message = registry.list('sdkmessages').find((row) => row.values.name === COMPLETION_MESSAGE);
  const steps = registry
    .list('sdkmessageprocessingsteps')
    .filter(
      ({ values }) => values._sdkmessageid_value === message.values.sdkmessageid && values.statecode === 0,
    )
    .sort((a, b) => a.values.rank - b.values.rank);
  await Promise.all(steps.map((step) => callStep(clock, registry, step.values, operation)));
}

function callStep(clock, registry, step, operation) {
  const stepId = step.sdkmessageprocessingstepid;
  const endpoint = registry.get('serviceendpoints', step._eventhandler_value).values;
  const startedon = new Date(clock.now()).toISOString();
  const job = registry.insert('asyncoperations', {
    name: step.name,
    messagename: COMPLETION_MESSAGE,
    operationtype: 1,
    statecode: 2,
    statuscode: 20,
    startedon,
    depth: 1,
    correlationid: randomUUID(),
    requestid: randomUUID(),
    _owningextensionid_value: stepId,
  });
  const { asyncoperationid, correlationid } = job.values;
  const call = {
    ...authenticated(endpoint),
    json: executionContext(job.values, step, operation, clock.now()),
  };
  call.headers = {
    ...call.headers,
    'x-ms-dynamics-organization': `${ORGANIZATION_NAME}.crm.dynamics.com`,
    'x-ms-dynamics-entity-name': 'none',
    'x-ms-dynamics-request-name': COMPLETION_MESSAGE,
    'x-ms-correlation-request-id': correlationid,
  };
  const subscribed = () => registry.get('sdkmessageprocessingsteps', stepId) !== undefined;
  return callWebhook(clock, call, subscribed, (succeeded) => {
    if (succeeded && step.asyncautodelete) return registry.remove('asyncoperations', asyncoperationid);
    return registry.update('asyncoperations', job, {
      statecode: 3,
      statuscode: succeeded ? 30 : 31,
      message: succeeded ? null : 'The webhook did not answer with success.',
      completedon: new Date(clock.now()).toISOString(),
    });
  });
}

/** The URL and headers of a call, with the key, headers or query string that the endpoint was registered with. */
function authenticated({ url, authtype, authvalue }) {
  const add = (query) => `${url}${url.includes('?') ? '&' : '?'}${query}`;
  if (!authvalue) return { url, headers: {} };
  if (authtype === 4) return { url: add(`code=${encodeURIComponent(authvalue)}`), headers: {} };
  const settings = [...String(authvalue).matchAll(/<setting\s+name="([^"]*)"\s+value="([^"]*)"/g)].map(
    ([, name, value]) => [unescapeXml(name), unescapeXml(value)],
  );
  if (authtype === 5) return { url, headers: Object.fromEntries(settings) };
  return { url: settings.length > 0 ? add(new URLSearchParams(settings).toString()) : url, headers: {} };
}

function unescapeXml(text) {
  return text.replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_, name) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name],
  );
}

function executionContext({ correlationid, requestid, asyncoperationid }, step, operation, now) {
  const pairs = (values) => Object.entries(values).map(([key, value]) => ({ key, value }));
  return {
    BusinessUnitId: BUSINESS_UNIT_ID,
    CorrelationId: correlationid,
    Depth: 1,
    InitiatingUserId: operation.initiator.id,
    InputParameters: pairs({
      PayloadType: 0,
      CallbackUrl: null,
      LocationUrl: operation.location,
      BackgroundOperationId: operation.id,
    }),
    IsExecutingOffline: false,
    IsInTransaction: false,
    IsOfflinePlayback: false,
    IsolationMode: 1,
    MessageName: COMPLETION_MESSAGE,
    Mode: ASYNCHRONOUS,
    OperationCreatedOn: `/Date(${now}+0000)/`,
    OperationId: asyncoperationid,
    OrganizationId: ORGANIZATION_ID,
    OrganizationName: ORGANIZATION_NAME,
    OutputParameters: pairs({
      OperationName: PROBE.uniquename,
      BackgroundOperationStateCode: operation.state,
      BackgroundOperationStatusCode: operation.status,
    }),
    OwningExtension: {
      Id: step.sdkmessageprocessingstepid,
      KeyAttributes: [],
      LogicalName: 'sdkmessageprocessingstep',
      Name: step.name ?? null,
      RowVersion: String(step.versionnumber),
    },
    ParentContext: null,
    PostEntityImages: [],
    PreEntityImages: [],
    PrimaryEntityId: EMPTY_ID,
    PrimaryEntityName: 'none',
    RequestId: requestid,
    SecondaryEntityName: 'none',
    SharedVariables: [],
    Stage: POST_OPERATION,
    UserId: operation.initiator.id,
  };
}
