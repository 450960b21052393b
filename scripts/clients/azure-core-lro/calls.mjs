import { createHttpPoller } from '@azure/core-lro';
import { answered, expect, finish, simulator } from '../harness.mjs';

const authorization = `Bearer ${simulator.token}`;

/** What the library polls for: its own words in place of the codes of Dataverse. */
const status = { 30: 'Succeeded', 31: 'Failed', 32: 'Canceled' };

async function send(method, url, body, prefer) {
  const response = await fetch(url, {
    method,
    headers: {
      authorization,
      'content-type': 'application/json',
      ...(prefer === undefined ? {} : { prefer }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = text === '' ? {} : JSON.parse(text);
  const flat = { ...json, status: status[json.backgroundOperationStatusCode] ?? 'Running' };
  const headers = Object.fromEntries(response.headers);
  const rawResponse = {
    statusCode: response.status,
    headers: { ...headers, 'operation-location': headers.location },
    body: flat,
  };
  return { flatResponse: flat, rawResponse: { ...rawResponse, request: { method, url } } };
}

const pollerFor = (api, input) =>
  createHttpPoller(
    {
      sendInitialRequest: () =>
        send('POST', `${simulator.http}/api/data/v9.2/${api}`, input, 'respond-async'),
      sendPollRequest: (path) => send('GET', path),
    },
    { intervalInMs: 50 },
  );

await answered(
  'pollUntilDone with an adapter for the codes',
  async () => pollerFor('sample_Echo', { StringValue: 'a' }).pollUntilDone(),
  (result) => expect(result.StringValue === 'a', JSON.stringify(result)),
);
await answered(
  'a canceled operation rejects',
  async () => {
    // Fails at once and waits for its retry: whenever the cancellation comes, nothing is being executed.
    const poller = pollerFor('sample_ExportDataUsingFetchXmlToAnnotation', { FetchXml: 'none' });
    await poller.submitted();
    const { config } = JSON.parse(await poller.serialize()).state;
    await fetch(config.operationLocation, { method: 'DELETE', headers: { authorization } });
    return poller.pollUntilDone().then(
      () => 'resolved',
      (error) => error.message,
    );
  },
  (message) => expect(/cancel/i.test(message), message),
);
finish();
