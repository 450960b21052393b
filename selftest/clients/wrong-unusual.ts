import { bodiesIn, rowPart, sendBatch } from './batch-steps.ts';
import { exportEnvelope, rowEnvelope, soapId, soapPath } from './soap-steps.ts';
import {
  afterSubmit,
  bearer,
  called,
  cancelMonitor,
  cancelRow,
  columns,
  exportBody,
  json,
  minute,
  poll,
  read,
  getMonitor,
  getRow,
  submit,
  submitting,
  webApi,
  callbackPreference,
} from './steps.ts';
import type { WrongClients } from './wrong-requests.ts';
import type { ClientAnswer, SmallClientRequest, SmallClient } from './world.ts';

// Mistakes as people make them who never saw the rules: written from the contract alone.

function isOver(answer: ClientAnswer): boolean {
  const body = read(answer);
  return (body['backgroundOperationStateCode'] ?? body['backgroundoperationstatecode']) === 3;
}

/** Reads a list of one operation, in its own way. */
function listOfOne(query: string, everyMs: number): SmallClient {
  return afterSubmit(async (world, { id }) => {
    const url = `${webApi}/backgroundoperations?${query}$filter=backgroundoperationid eq ${id}`;
    for (let polls = 0; polls < 100; polls += 1) {
      await world.wait(everyMs);
      const list = read(await world.send({ url, headers: { ...bearer, ...json } }))['value'] as object[];
      if ((list[0] as Record<string, unknown>)['backgroundoperationstatecode'] === 3) return;
    }
  });
}

/** Reads the monitor once in its own way, when the operation has ended. */
function lookingOnce(
  other: (location: string, id: string) => SmallClientRequest,
  thenRight = false,
): SmallClient {
  return afterSubmit(async (world, accepted) => {
    await world.wait(3 * minute);
    await world.send({ headers: bearer, ...other(accepted.location, accepted.id) });
    if (thenRight) await getMonitor(world, accepted);
  });
}

/** Cancels by a PATCH of its own, and looks what came of it. */
function cancelling(other: Partial<SmallClientRequest>): SmallClient {
  return afterSubmit(async (world, accepted) => {
    await world.wait(minute / 4);
    await cancelRow(world, accepted, other);
    await poll(world, accepted);
  });
}

/** Pages as numbers that it counts itself. */
const countsPages: SmallClient = async (world) => {
  await submit(world);
  await submit(world);
  await world.wait(9 * minute);
  const headers = { ...bearer, ...json, Prefer: 'odata.maxpagesize=1' };
  await world.send({ url: `${webApi}/backgroundoperations?${columns}`, headers });
  await world.send({ url: `${webApi}/backgroundoperations?${columns}&$skip=1`, headers });
};

/** Asks for background execution of a whole batch. */
const asyncBatch: SmallClient = async (world) => {
  const part = `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nPOST sample_ExportDataUsingFetchXmlToAnnotation HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${exportBody}`;
  await world.send({
    method: 'POST',
    url: `${webApi}/$batch`,
    headers: { ...bearer, Prefer: 'respond-async', 'Content-Type': 'multipart/mixed; boundary="batch"' },
    body: `--batch\r\n${part}\r\n--batch--\r\n`,
  });
};

/** Watches by SOAP, and forgets to stop. */
const soapForEver: SmallClient = async (world) => {
  const headers = { ...bearer, 'Content-Type': 'text/xml; charset=utf-8' };
  const started = await world.send({ method: 'POST', url: soapPath, headers, body: exportEnvelope() });
  const body = rowEnvelope(soapId(started.body));
  for (let polls = 0; polls < 8; polls += 1) {
    await world.wait(minute);
    await world.send({ method: 'POST', url: soapPath, headers, body });
  }
};

/** Clients that are wrong in unusual ways, by the clause that each breaks. */
export const wrongUnusual: WrongClients = {
  'client-submit.preferences-apart': {
    'space-between': submitting(({ receiverUrl }) => ({
      headers: { Prefer: `respond-async odata.callback;url="${receiverUrl}"` },
    })),
  },
  'client-submit.callback-name': {
    'dash-in-name': submitting(({ receiverUrl }) => ({
      headers: { Prefer: `respond-async,odata-callback;url="${receiverUrl}"` },
    })),
  },
  'client-submit.callback-url-absolute': {
    'url-as-value': submitting(({ receiverUrl }) => ({
      headers: { Prefer: `respond-async,odata.callback="${receiverUrl}"` },
    })),
  },
  'client-submit.custom-api': { 'async-batch': asyncBatch },
  'client-access.bearer': {
    'token-in-quotes': submitting(() => ({ headers: { Authorization: 'Bearer "token-initiator"' } })),
  },
  'client-access.token-stays': {
    'tells-telemetry': afterSubmit(async (world, accepted) => {
      await world.send({
        method: 'POST',
        url: 'https://telemetry.example/track',
        headers: bearer,
        body: '{}',
      });
      await poll(world, accepted);
    }),
  },
  'client-poll.interval': {
    'monitor-and-row-in-turn': afterSubmit(async (world, accepted) => {
      for (let polls = 0; polls < 40; polls += 1) {
        await world.wait(minute / 2);
        if (isOver(await (polls % 2 === 0 ? getRow : getMonitor)(world, accepted))) return;
      }
    }),
    'back-off-from-a-second': afterSubmit(async (world, accepted) => {
      for (let waitMs = 1_000; ; waitMs = Math.min(2 * waitMs, minute)) {
        await world.wait(waitMs);
        if (isOver(await getMonitor(world, accepted))) return;
      }
    }),
    'list-of-one': listOfOne(`${columns}&`, 10_000),
    'batch-of-one': afterSubmit(async (world, accepted) => {
      for (let polls = 0; polls < 100; polls += 1) {
        await world.wait(20_000);
        const [row] = bodiesIn(await sendBatch(world, [rowPart(accepted)]));
        if (row?.['backgroundoperationstatecode'] === 3) return;
      }
    }),
  },
  'client-poll.documented-address': {
    'web-api-path': lookingOnce((_location, id) => ({ url: `${webApi}/backgroundoperation(${id})` })),
    'two-slashes': lookingOnce((location) => ({ url: location.replace('/api/', '//api/') })),
    braces: lookingOnce((_location, id) => ({ url: `/api/backgroundoperation/{${id}}` })),
    below: lookingOnce((location) => ({ url: `${location}/status` }), true),
  },
  'client-poll.no-query': {
    'encoded-dollar': lookingOnce((location) => ({ url: `${location}?%24select=name` })),
  },
  'client-poll.monitor-methods': { head: lookingOnce((url) => ({ method: 'HEAD', url }), true) },
  'client-poll.stops': { 'soap-for-ever': soapForEver },
  'client-poll.columns': {
    'every-column-of-one': listOfOne('', minute),
    star: lookingOnce((_location, id) => ({
      url: `${webApi}/backgroundoperations(${id})?$select=*`,
      headers: { ...bearer, ...json },
    })),
  },
  'client-poll.next-link': { 'counts-pages': countsPages },
  'client-cancel.if-match': {
    'if-none-match': cancelling({ headers: { ...bearer, ...json, 'If-None-Match': '*' } }),
    'empty-if-match': cancelling({ headers: { ...bearer, ...json, 'If-Match': '' } }),
  },
  'client-cancel.both-codes': {
    'usual-names': cancelling({ body: '{"statecode":2,"statuscode":22}' }),
  },
  'client-cancel.not-after-end': {
    'told-by-callback': async (world) => {
      const accepted = await submit(world, callbackPreference(world));
      await called(world);
      await cancelMonitor(world, accepted);
      await world.wait(minute);
      await getMonitor(world, accepted);
    },
  },
};
