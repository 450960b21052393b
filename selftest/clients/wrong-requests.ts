import type { ClientClauseId } from '../../contract/client-clauses.ts';
import {
  afterSubmit,
  bearer,
  exportApi,
  exportBody,
  json,
  poll,
  read,
  getMonitor,
  getRow,
  submit,
  submitting,
  webApi,
} from './steps.ts';
import { exportEnvelope, rowEnvelope, soapId, soapPath } from './soap-steps.ts';
import type { SmallClientRequest, ClientWorld, SmallClient } from './world.ts';

/** Clients that are wrong in one way each, by the clause that they break and their name. */
export type WrongClients = Readonly<Partial<Record<ClientClauseId, Readonly<Record<string, SmallClient>>>>>;

function prefer(text: (url: string) => string): SmallClient {
  return submitting(({ receiverUrl }) => ({ headers: { Prefer: text(receiverUrl) } }));
}

function soap(world: ClientWorld, body: string): ReturnType<ClientWorld['send']> {
  const headers = { ...bearer, 'Content-Type': 'text/xml; charset=utf-8' };
  return world.send({ method: 'POST', url: soapPath, headers, body });
}

/** Reads the monitor once with a request that differs, then polls as a right client does. */
function readingFirst(other: (location: string) => Partial<SmallClientRequest>): SmallClient {
  return afterSubmit(async (world, accepted) => {
    await world.wait(60_000);
    await world.send({ url: accepted.location, headers: bearer, ...other(accepted.location) });
    await poll(world, accepted);
  });
}

const asBatch = [
  '--b',
  'Content-Type: application/http',
  '',
  `POST ${exportApi} HTTP/1.1`,
  'Content-Type: application/json',
  'Prefer: respond-async',
  '',
  exportBody,
  '--b--',
  '',
].join('\r\n');

const unquoted = 'https://client.example/done';

/** Clients that submit or identify themselves wrongly. */
export const wrongRequests: WrongClients = {
  'client-submit.preferences-apart': {
    semicolons: prefer((url) => `respond-async; odata.callback; url="${url}"`),
    'semicolons-without-spaces': prefer((url) => `respond-async;odata.callback;url="${url}"`),
  },
  'client-submit.callback-name': {
    'plain-name': prefer((url) => `respond-async,callback;url="${url}"`),
    'plain-name-first': prefer((url) => `callback; url="${url}", respond-async`),
  },
  'client-submit.callback-url-quoted': {
    bare: prefer(() => `respond-async,odata.callback;url=${unquoted}`),
    'single-quotes': prefer(() => `respond-async,odata.callback;url='${unquoted}'`),
  },
  'client-submit.callback-url-absolute': {
    path: prefer(() => 'respond-async,odata.callback;url="/done"'),
    'no-scheme': prefer(() => 'respond-async,odata.callback;url="client.example/done"'),
  },
  'client-submit.callback-with-async': {
    'callback-alone': async (world) => {
      const Prefer = `odata.callback;url="${world.receiverUrl}"`;
      await world.send({
        method: 'POST',
        url: exportApi,
        body: exportBody,
        headers: { ...bearer, ...json, Prefer },
      });
    },
  },
  'client-submit.connector-header': {
    header: submitting(({ receiverUrl }) => ({
      headers: { Prefer: 'respond-async', 'x-ms-dyn-callback-url': receiverUrl },
    })),
  },
  'client-submit.custom-api': {
    'creates-rows': async (world) => {
      const headers = { ...bearer, ...json, Prefer: 'respond-async' };
      await world.send({ method: 'POST', url: `${webApi}/accounts`, body: '{"name":"a"}', headers });
    },
    'updates-rows': async (world) => {
      const headers = { ...bearer, ...json, Prefer: 'respond-async' };
      await world.send({
        method: 'PATCH',
        url: `${webApi}/tasks(${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)})`,
        body: '{}',
        headers,
      });
    },
  },
  'client-submit.not-in-batch': {
    batch: async (world) => {
      const headers = { ...bearer, 'Content-Type': 'multipart/mixed; boundary=b' };
      await world.send({ method: 'POST', url: `${webApi}/$batch`, headers, body: asBatch });
    },
  },
  'client-access.credentials': {
    'monitor-without-token': afterSubmit(async (world, accepted) => {
      await world.wait(60_000);
      await world.send({ url: accepted.location });
      await poll(world, accepted);
    }),
    'after-callback-without-token': async (world) => {
      let location = '';
      world.receive = (body) => {
        location = String((JSON.parse(body) as Record<string, unknown>)['location']);
        return { status: 204 };
      };
      await submit(world, { headers: { Prefer: `respond-async,odata.callback;url="${world.receiverUrl}"` } });
      await world.wait(180_000);
      await world.send({ url: location });
    },
    'cancels-without-token': afterSubmit(async (world, accepted) => {
      await world.send({ method: 'DELETE', url: accepted.location });
      await poll(world, accepted);
    }),
  },
  'client-access.bearer': {
    'bare-token': readingFirst(() => ({ headers: { Authorization: 'token-initiator' } })),
    'other-scheme': readingFirst(() => ({ headers: { Authorization: 'Token token-initiator' } })),
  },
  'client-access.token-not-in-address': {
    query: readingFirst((location) => ({ url: `${location}?access_token=token-initiator` })),
  },
  'client-access.token-stays': {
    'to-the-receiver': afterSubmit(async (world, accepted) => {
      await world.send({ url: world.receiverUrl, headers: bearer });
      await poll(world, accepted);
    }),
    'to-another-host': afterSubmit(async (world, accepted) => {
      const url = accepted.location.replace('contoso.crm', 'fabrikam.crm');
      await world.send({ method: 'HEAD', url: url.replace('/api/', '/cdn/'), headers: bearer });
      await poll(world, accepted);
    }),
  },
  'client-sdk.request': {
    'no-request': async (world) => {
      await soap(world, exportEnvelope({}, ''));
    },
  },
  'client-sdk.callback-uri': {
    'other-name': async (world) => {
      await soap(world, exportEnvelope({ CallbackUrl: 'https://client.example/done' }));
    },
    'no-address': async (world) => {
      await soap(world, exportEnvelope({ CallbackUri: 'done' }));
    },
  },
  'client-sdk.columns': {
    'all-columns': async (world) => {
      const id = soapId((await soap(world, exportEnvelope())).body);
      await world.wait(180_000);
      await soap(world, rowEnvelope(id, true));
    },
  },
  'client-poll.documented-address': {
    'capital-letter': readingFirst((location) => ({
      url: location.replace('backgroundoperation', 'backgroundOperation'),
    })),
    plural: readingFirst((location) => ({
      url: location.replace('backgroundoperation', 'backgroundoperations'),
    })),
  },
  'client-poll.monitor-methods': {
    post: readingFirst(() => ({ method: 'POST', headers: { ...bearer, ...json }, body: '{}' })),
    patch: readingFirst(() => ({
      method: 'PATCH',
      headers: { ...bearer, ...json, 'If-Match': '*' },
      body: '{"backgroundoperationstatecode":2,"backgroundoperationstatuscode":22}',
    })),
    head: readingFirst(() => ({ method: 'HEAD' })),
  },
  'client-poll.no-query': {
    select: readingFirst((location) => ({ url: `${location}?$select=backgroundOperationStateCode` })),
  },
  'client-poll.columns': {
    'no-select': afterSubmit((world, accepted) =>
      poll(world, accepted, (_world, { id }) =>
        world.send({ url: `${webApi}/backgroundoperations(${id})`, headers: { ...bearer, ...json } }),
      ),
    ),
    'codes-only': afterSubmit((world, accepted) =>
      poll(world, accepted, (_world, { id }) =>
        world.send({
          url: `${webApi}/backgroundoperations(${id})?$select=backgroundoperationstatecode,backgroundoperationstatuscode`,
          headers: { ...bearer, ...json },
        }),
      ),
    ),
  },
  'client-poll.stops': {
    'reads-on': afterSubmit(async (world, accepted) => {
      await poll(world, accepted);
      for (let more = 0; more < 3; more += 1) {
        await world.wait(60_000);
        await getMonitor(world, accepted);
      }
    }),
    'reads-the-row-on': afterSubmit(async (world, accepted) => {
      const row = await poll(world, accepted, getRow);
      if (read(row)['outputparameters'] !== undefined) await getRow(world, accepted);
    }),
  },
};
