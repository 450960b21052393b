import { sendBatch } from './batch-steps.ts';
import { deleteEnvelope, soapPath, codesEnvelope } from './soap-steps.ts';
import {
  afterSubmit,
  bearer,
  cancelMonitor,
  cancelRow,
  columns,
  exportApi,
  getMonitor,
  getRow,
  json,
  minute,
  poll,
  submit,
  submitting,
  webApi,
  type Accepted,
} from './steps.ts';
import type { WrongClients } from './wrong-requests.ts';
import type { ClientWorld, SmallClient, SmallClientRequest } from './world.ts';

// Mistakes that come from habits: of HTTP libraries with defaults for every request, of other APIs, of languages.

/** What the job of the clients takes at most, with a start that is late. */
const long = 3 * minute;

/** Sends one request besides what a right client does. */
function besides(request: (accepted: Accepted) => SmallClientRequest): SmallClient {
  return afterSubmit(async (world, accepted) => {
    await world.wait(long);
    await world.send({ headers: bearer, ...request(accepted) });
    await getMonitor(world, accepted);
  });
}

/** A submission whose preferences are written otherwise, and whose operation is looked at where there is one. */
function preferring(prefer: (url: string) => string): SmallClient {
  return async (world) => {
    const headers = { ...bearer, ...json, Prefer: prefer(world.receiverUrl) };
    const answer = await world.send({ method: 'POST', url: exportApi, headers, body: '{"FetchXml":"x"}' });
    const location = answer.header('location');
    await world.wait(long);
    if (location !== undefined) await world.send({ url: location, headers: bearer });
  };
}

/** A request without a token, as a language writes one that is not there; the token comes with the next try. */
function withoutToken(authorization: string): SmallClient {
  return async (world) => {
    const headers = { ...json, Prefer: 'respond-async', Authorization: authorization };
    await world.send({ method: 'POST', url: exportApi, headers, body: '{"FetchXml":"x"}' });
    await poll(world, await submit(world));
  };
}

const async = { Prefer: 'respond-async' };

function fetchXmlOf(id: string, attributes: string): string {
  const filter = `<filter><condition attribute="backgroundoperationid" operator="eq" value="${id}"/></filter>`;
  const fetchXml = `<fetch><entity name="backgroundoperation">${attributes}${filter}</entity></fetch>`;
  return `${webApi}/backgroundoperations?fetchXml=${encodeURIComponent(fetchXml)}`;
}

const sixAttributes = columns
  .replace('$select=', '')
  .split(',')
  .map((name) => `<attribute name="${name}"/>`)
  .join('');

/** Is throttled at one address, and asks at the other. */
const otherAddress: SmallClient = async (world) => {
  const accepted = await submit(world);
  world.simulator.control.faults.add({
    match: { path: '/api/backgroundoperation/*' },
    status: 429,
    retryAfter: 300,
    times: 1,
  });
  await world.wait(long);
  await getMonitor(world, accepted);
  await world.wait(minute);
  await getRow(world, accepted);
};

/** Cancels after a look, and never looks again. */
const looksBefore = async (world: ClientWorld, accepted: Accepted) => {
  await world.wait(minute);
  await getMonitor(world, accepted);
  await cancelMonitor(world, accepted);
};

/** Clients that are wrong by habit, by the clause that each breaks. */
export const wrongHabits: WrongClients = {
  'client-submit.preferences-apart': {
    'async-behind-callback': preferring((url) => `odata.callback; url="${url}"; respond-async`),
    'async-behind-annotations': preferring(
      (url) => `odata.include-annotations="*"; respond-async, odata.callback; url="${url}"`,
    ),
  },
  'client-submit.callback-name': {
    webhook: preferring((url) => `respond-async, odata.webhook; url="${url}"`),
    'callback-url-as-name': preferring((url) => `respond-async, odata.callback-url="${url}"`),
  },
  'client-submit.custom-api': {
    'default-header-table': besides(() => ({
      url: `${webApi}/customapis?$select=name&$top=1`,
      headers: { ...bearer, ...async },
    })),
    'default-header-row': besides(({ id }) => ({
      url: `${webApi}/backgroundoperations(${id})?${columns}`,
      headers: { ...bearer, ...async },
    })),
    'default-header-create': besides(() => ({
      method: 'POST',
      url: `${webApi}/customapis`,
      headers: { ...bearer, ...json, ...async },
      body: '{"uniquename":"new_A","name":"A","displayname":"A","description":"A"}',
    })),
    'message-of-the-platform': besides(() => ({
      url: `${webApi}/WhoAmI()`,
      headers: { ...bearer, ...async },
    })),
  },
  'client-access.credentials': {
    'empty-authorization': withoutToken(''),
    'bearer-undefined': withoutToken('Bearer undefined'),
    'bearer-alone': withoutToken('Bearer '),
  },
  'client-access.bearer': {
    'bearer-twice': withoutToken('Bearer Bearer token-initiator'),
  },
  'client-access.token-not-in-address': {
    'authorization-in-query': submitting(() => ({
      url: `${exportApi}?Authorization=Bearer%20token-initiator`,
    })),
  },
  'client-poll.documented-address': {
    'key-as-segment': besides(({ id }) => ({ url: `${webApi}/backgroundoperation/${id}` })),
    'other-capitals': besides(({ id }) => ({ url: `/API/backgroundoperation/${id}` })),
    'with-a-version': besides(({ id }) => ({ url: `/api/v9.2/backgroundoperation/${id}` })),
    'id-in-query': besides(({ id }) => ({ url: `/api/backgroundoperation?id=${id}` })),
    'id-without-dashes': besides(({ id }) => ({
      url: `/api/backgroundoperation/${id.replaceAll('-', '')}`,
    })),
    'key-in-parentheses': besides(({ id }) => ({ url: `/api/backgroundoperation(${id})` })),
  },
  'client-poll.stops': {
    'fetch-xml-for-ever': afterSubmit(async (world, { id }) => {
      for (let polls = 0; polls < 6; polls += 1) {
        await world.wait(minute);
        await world.send({ url: fetchXmlOf(id, sixAttributes), headers: { ...bearer, ...json } });
      }
    }),
  },
  'client-poll.columns': {
    'all-attributes': besides(({ id }) => ({ url: fetchXmlOf(id, '<all-attributes/>') })),
    'two-attributes': besides(({ id }) => ({
      url: fetchXmlOf(id, '<attribute name="name"/><attribute name="backgroundoperationstatuscode"/>'),
    })),
    'value-of-one': besides(({ id }) => ({
      url: `${webApi}/backgroundoperations(${id})/backgroundoperationstatuscode/$value`,
    })),
  },
  'client-poll.retry-after': { 'other-address': otherAddress },
  'client-cancel.both-codes': {
    'names-of-the-monitor': afterSubmit(async (world, accepted) => {
      const body = '{"backgroundOperationStateCode":2,"backgroundOperationStatusCode":22}';
      await cancelRow(world, accepted, { body });
      await poll(world, accepted);
    }),
    'one-code-by-soap': afterSubmit(async (world, accepted) => {
      const headers = { ...bearer, 'Content-Type': 'text/xml; charset=utf-8' };
      const body = codesEnvelope(accepted.id, { backgroundoperationstatuscode: 22 });
      await world.send({ method: 'POST', url: soapPath, headers, body });
      await poll(world, accepted);
    }),
    'put-of-one-code': afterSubmit(async (world, accepted) => {
      await world.send({
        method: 'PUT',
        url: `${webApi}/backgroundoperations(${accepted.id})/backgroundoperationstatuscode`,
        headers: { ...bearer, ...json, 'If-Match': '*' },
        body: '{"value":22}',
      });
      await poll(world, accepted);
    }),
  },
  'client-cancel.documented-ways': {
    'delete-by-soap': afterSubmit(async (world, { id }) => {
      const headers = { ...bearer, 'Content-Type': 'text/xml; charset=utf-8' };
      await world.send({ method: 'POST', url: soapPath, headers, body: deleteEnvelope(id) });
    }),
    'put-of-the-row': afterSubmit(async (world, accepted) => {
      await cancelRow(world, accepted, { method: 'PUT' });
      await poll(world, accepted);
    }),
    'delete-in-batch': afterSubmit(async (world, { id }) => {
      await sendBatch(world, [{ method: 'DELETE', path: `backgroundoperations(${id})` }]);
    }),
  },
  'client-cancel.follows-up': { 'looked-before': afterSubmit(looksBefore) },
};
