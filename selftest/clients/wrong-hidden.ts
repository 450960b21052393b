import { exportEnvelope, queryEnvelope, rowEnvelope, soapId, soapPath, soapState } from './soap-steps.ts';
import {
  afterSubmit,
  bearer,
  callbackPreference,
  cancelRow,
  exportApi,
  exportBody,
  json,
  minute,
  poll,
  read,
  receiving,
  submit,
  submitting,
  webApi,
} from './steps.ts';
import { freshToken, type SmallClient } from './world.ts';
import type { WrongClients } from './wrong-requests.ts';

// Mistakes that hide: behind a token for each request, another method in a header, an answer that never comes.

/** A token of the initiator that nobody had before, as a sign-in service issues them. */
function tokenAnew(number: number): { readonly Authorization: string } {
  const claims = { oid: 'initiator', appid: 'client', uti: String(number) };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return { Authorization: `Bearer ${freshToken}${payload}.signature` };
}

/** Polls every ten seconds, with a token that is fetched each time. */
const freshTokens: SmallClient = async (world) => {
  const headers = { ...json, ...tokenAnew(-1), Prefer: 'respond-async' };
  const accepted = await world.send({ method: 'POST', url: exportApi, headers, body: exportBody });
  const url = accepted.header('location') ?? '';
  for (let polls = 0; polls < 100; polls += 1) {
    await world.wait(minute / 6);
    const shown = read(await world.send({ url, headers: tokenAnew(polls) }));
    if (shown['backgroundOperationStateCode'] === 3) return;
  }
};

const soapHeaders = { ...bearer, 'Content-Type': 'text/xml; charset=utf-8' };
const bothCodes =
  '<attribute name="backgroundoperationstatecode"/><attribute name="backgroundoperationstatuscode"/>';

/** Watches by RetrieveMultiple of the one row. */
function queryingRow(attributes: string, everyMs: number): SmallClient {
  return async (world) => {
    const started = await world.send({
      method: 'POST',
      url: soapPath,
      headers: soapHeaders,
      body: exportEnvelope(),
    });
    const body = queryEnvelope(soapId(started.body), attributes);
    for (let polls = 0; polls < 100; polls += 1) {
      await world.wait(everyMs);
      const row = await world.send({ method: 'POST', url: soapPath, headers: soapHeaders, body });
      if (soapState(row.body) === 3) return;
    }
  };
}

/** Puts its access token into the address of the callback, so that the receiver can read the result. */
const tokenInCallback: SmallClient = async (world) => {
  const url = 'https://client.example/done?for=token-initiator';
  await poll(
    world,
    await submit(world, { headers: { Prefer: `respond-async,odata.callback;url="${url}"` } }),
  );
};

/** Clients whose mistake does not show in the plainest way, by the clause that each breaks. */
export const wrongHidden: WrongClients = {
  'client-submit.callback-url-absolute': {
    'comma-before-url': submitting(({ receiverUrl }) => ({
      headers: { Prefer: `respond-async, odata.callback, url="${receiverUrl}"` },
    })),
  },
  'client-access.token-not-in-address': { 'token-in-callback': tokenInCallback },
  'client-poll.interval': {
    'token-for-each-poll': freshTokens,
    'query-by-soap': queryingRow(bothCodes, minute / 3),
  },
  'client-cancel.documented-ways': {
    'patch-in-a-header': afterSubmit(async (world, accepted) => {
      const headers = { ...bearer, ...json, 'If-Match': '*', 'X-HTTP-Method-Override': 'PATCH' };
      await cancelRow(world, accepted, { method: 'POST', headers });
      await poll(world, accepted);
    }),
    'action-that-is-not-there': afterSubmit(async (world, accepted) => {
      const url = `${webApi}/backgroundoperations(${accepted.id})/Microsoft.Dynamics.CRM.Cancel`;
      await world.send({ method: 'POST', url, headers: { ...bearer, ...json }, body: '{}' });
      await poll(world, accepted);
    }),
    'delete-in-a-header': afterSubmit(async (world, accepted) => {
      const url = `${webApi}/backgroundoperations(${accepted.id})`;
      await world.send({ method: 'POST', url, headers: { ...bearer, 'X-HTTP-Method': 'DELETE' } });
      await poll(world, accepted);
    }),
  },
  'client-poll.monitor-methods': {
    'delete-in-a-header': afterSubmit(async (world, accepted) => {
      const headers = { ...bearer, 'X-HTTP-Method': 'DELETE' };
      await world.send({ method: 'POST', url: accepted.location, headers });
      await poll(world, accepted);
    }),
  },
  'client-notify.answers': {
    'hangs-up': receiving(() => ({ status: 0 })),
    'other-path': receiving(() => ({ status: 404, body: 'No hook of this name.' })),
  },
  'client-notify.in-time': { 'never-answers': receiving(() => ({ status: 0, tookMs: 55_000 })) },
  'client-notify.url-is-enough': {
    'names-the-header': receiving(() => ({ status: 400, body: '{"error":"missing header x-api-key"}' })),
  },
  'client-notify.takes-post': {
    'route-for-get': receiving(() => ({ status: 404, body: '<pre>Cannot POST /done</pre>' })),
    'server-of-files': receiving(() => ({ status: 501, body: "Unsupported method ('POST')" })),
    'form-wanted': receiving(() => ({
      status: 400,
      body: '{"error":"expected application/x-www-form-urlencoded"}',
    })),
    'route-of-another-router': receiving(() => ({
      status: 404,
      body: '{"message":"Route POST:/done not found","error":"Not Found","statusCode":404}',
    })),
  },
  'client-sdk.request': {
    'nil-request': async (world) => {
      const nil =
        '<a:KeyValuePairOfstringanyType><b:key>Request</b:key><b:value i:nil="true"/></a:KeyValuePairOfstringanyType>';
      const body = exportEnvelope({}, nil);
      await world.send({ method: 'POST', url: soapPath, headers: soapHeaders, body });
    },
  },
  'client-sdk.columns': {
    'all-attributes': queryingRow('<all-attributes/>', minute),
    'no-attribute': queryingRow('', minute),
    'all-as-a-digit': async (world) => {
      const started = await world.send({
        method: 'POST',
        url: soapPath,
        headers: soapHeaders,
        body: exportEnvelope(),
      });
      await world.wait(3 * minute);
      const body = rowEnvelope(soapId(started.body), true).replace('>true<', '>1<');
      await world.send({ method: 'POST', url: soapPath, headers: soapHeaders, body });
    },
  },
};

/** Right clients that look like those. */
export const rightHidden: Readonly<Record<string, SmallClient>> = {
  tokenForEachPoll: async (world) => {
    const accepted = await submit(world, callbackPreference(world));
    for (let polls = 0; polls < 30; polls += 1) {
      await world.wait(minute);
      const headers = tokenAnew(polls);
      if (read(await world.send({ url: accepted.location, headers }))['backgroundOperationStateCode'] === 3)
        return;
    }
  },
  queryBySoap: queryingRow(bothCodes, minute),
  secretOfTheReceiver: submitting(() => ({
    headers: {
      Prefer: 'respond-async,odata.callback;url="https://client.example/done?token=of-the-receiver"',
    },
  })),
};
