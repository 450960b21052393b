import { DynamicsWebApi } from 'dynamics-web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server.ts';
import { startServer } from '../../server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const http = (line: string, body = '', ...headers: string[]) => [
  'Content-Type: application/http',
  'Content-Transfer-Encoding: binary',
  ...headers.filter((header) => header.startsWith('Content-ID')),
  '',
  `${line} HTTP/1.1`,
  'Content-Type: application/json',
  ...headers.filter((header) => !header.startsWith('Content-ID')),
  '',
  body,
];
const joined = (boundary: string, parts: readonly string[][]) =>
  [...parts.flatMap((part) => [`--${boundary}`, ...part]), `--${boundary}--`, ''].join('\r\n');
const changeSet = (...parts: string[][]) => [
  'Content-Type: multipart/mixed; boundary="c"',
  '',
  joined('c', parts),
];

async function send(parts: readonly string[][], headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.url}/api/data/v9.2/$batch`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer token-initiator',
      'content-type': 'multipart/mixed; boundary="batch 1"',
      ...headers,
    },
    body: joined('batch 1', parts),
  });
  const text = await answer.text();
  const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text, statuses };
}

const whoAmI = http('GET /api/data/v9.2/WhoAmI');
const missing = http('GET nosuchtable');
const endpoint = JSON.stringify({
  name: 'n',
  contract: 8,
  authtype: 4,
  authvalue: 'x',
  connectionmode: 1,
  messageformat: 2,
  path: '/',
  solutionnamespace: 's',
  userclaim: 1,
  url: 'http://127.0.0.1:9/',
});

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('$batch', () => {
  it('answers in order: absolute, host-relative and service-relative addresses', async () => {
    const absolute = http(`GET ${server.url}/api/data/v9.2/WhoAmI`);
    const { status, type, text, statuses } = await send([absolute, whoAmI, http('GET WhoAmI()')]);
    expect([status, statuses]).toEqual([200, [200, 200, 200]]);
    expect(type).toMatch(/^multipart\/mixed; boundary=batchresponse_/);
    expect(text.match(/"OrganizationId"/g)).toHaveLength(3);
  });

  it('ends at the first error with its status, and goes on where the client prefers to', async () => {
    expect(await send([whoAmI, missing, whoAmI])).toMatchObject({ status: 404, statuses: [200, 404] });
    const preferring = await send([missing, whoAmI], { prefer: 'odata.continue-on-error' });
    expect(preferring).toMatchObject({ status: 200, statuses: [404, 200] });
  });

  it('runs a change set, whose later requests refer to what earlier ones created', async () => {
    const create = http('POST /api/data/v9.2/serviceendpoints', endpoint, 'Content-ID: 1');
    const { status, statuses, text } = await send([changeSet(create, http('DELETE $1'))]);
    expect([status, statuses]).toEqual([200, [204, 204]]);
    expect(text).toContain('boundary=changesetresponse_');
    expect(text).toContain('Content-ID: 1');
    expect(text).toMatch(/OData-EntityId: http/);
  });

  it('refuses a reference to nothing, another organization, a batch in a batch, and a broken text', async () => {
    const cases: [string, string[]][] = [
      ["Content-ID Reference: '$7' does not exist in the batch context.", http('DELETE $7')],
      ['not one of this organization', http('GET https://other.example/api/data/v9.2/WhoAmI')],
      ['may not contain another batch', http('POST $batch')],
      ['request line', ['Content-Type: application/http', '', 'hello', '']],
    ];
    for (const [message, part] of cases) {
      const { status, text } = await send([part]);
      expect([status, text]).toEqual([400, expect.stringContaining(message)]);
    }
    const typeless = await send([whoAmI], { 'content-type': 'multipart/mixed' });
    expect([typeless.status, typeless.text]).toEqual([400, expect.stringContaining('boundary')]);
  });

  it('takes back all that a failed change set created, changed and deleted in standard tables', async () => {
    const path = '/api/data/v9.2/serviceendpoints';
    const body = (fields: object) => JSON.stringify({ ...(JSON.parse(endpoint) as object), ...fields });
    const made = await send([http(`POST ${path}`, body({ name: 'kept' }))]);
    const [, kept] = /OData-EntityId: \S+\(([^)]+)\)/.exec(made.text) ?? [];
    const api = JSON.stringify({ uniquename: 'my_Rolled', name: 'n', displayname: 'd', description: 'x' });
    const parts = [
      http(`POST ${path}`, body({ name: 'new' }), 'Content-ID: 1'),
      http(`PATCH ${path}(${kept})`, '{"name":"changed"}'),
      http('POST customapis', api),
      http('POST my_Rolled', '{}'),
    ];
    const succeeds = await send([changeSet(...parts.slice(1)), http('POST my_Rolled', '{}')]);
    expect(succeeds).toMatchObject({ status: 200, statuses: [204, 204, 204, 204] });
    const names = async () => {
      const { text } = await send([http(`GET ${path}?$select=name&$orderby=name`)]);
      return [...text.matchAll(/"name":"(\w+)"/g)].map(([, name]) => name);
    };
    expect(await names()).toEqual(['changed']);
    const failing = [
      http(`POST ${path}`, body({ name: 'new' }), 'Content-ID: 1'),
      http(`DELETE ${path}(${kept})`),
      http('POST customapis', api.replace('my_Rolled', 'my_Other')),
      http('DELETE $9'),
    ];
    const goOn = { prefer: 'odata.continue-on-error' };
    const failed = await send([changeSet(...failing), http('POST my_Other', '{}')], goOn);
    expect(failed).toMatchObject({ status: 200, statuses: [400, 404] });
    expect(await names()).toEqual(['changed']);
    const { statuses, text } = await send([http(`POST ${path}`, endpoint)]);
    expect(statuses).toEqual([204]);
    expect(text).toMatch(/\r\nLocation: http/);
  });

  it('binds to what an earlier request of the change set created', async () => {
    const api = JSON.stringify({ uniquename: 'my_Bound', name: 'n', displayname: 'd', description: 'x' });
    const parameter = JSON.stringify({
      uniquename: 'Count',
      name: 'Count',
      displayname: 'c',
      description: 'c',
      type: 7,
      'CustomAPIId@odata.bind': '$1',
    });
    const set = changeSet(
      http('POST customapis', api, 'Content-ID: 1'),
      http('POST customapirequestparameters', parameter, 'Content-ID: 2'),
    );
    expect(await send([set])).toMatchObject({ status: 200, statuses: [204, 204] });
    const wrong = await send([http('POST my_Bound', '{"Count":"x"}')]);
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('Edm.Int32')]);
  });

  it('takes URLs of up to 65,536 characters in a part, and 32,768 outside', async () => {
    const path = `/api/data/v9.2/backgroundoperations?$filter=name eq '${'x'.repeat(40_000)}'`;
    expect(await send([http(`GET ${path}`)])).toMatchObject({ status: 200, statuses: [200] });
    const longer = await send([http(`GET ${path}&x=${'x'.repeat(40_000)}`)]);
    expect([longer.status, longer.text]).toEqual([400, expect.stringContaining('65536 characters')]);
    const alone = await fetch(`${server.url}${path}`, {
      headers: { authorization: 'Bearer token-initiator' },
    });
    expect([alone.status, await alone.text()]).toEqual([400, expect.stringContaining('32768 characters')]);
  });

  it('acts for the user whom the batch or a part impersonates, and refuses who may not', async () => {
    const [initiator, other] = [
      '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01',
      '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a02',
    ];
    const ofPart = http('GET WhoAmI', '', `MSCRMCallerID: ${initiator}`);
    const { text } = await send([whoAmI, ofPart], { mscrmcallerid: other });
    expect([...text.matchAll(/"UserId":"([^"]+)"/g)].map(([, id]) => id)).toEqual([other, initiator]);
    const token = { authorization: 'Bearer token-unprivileged' };
    expect(await send([ofPart], token)).toMatchObject({ status: 403, statuses: [403] });
  });

  it('starts operations in parts where that is chosen', async () => {
    const choosing = await startServer({ choices: { respondAsyncInBatch: 'applied' } });
    const headers = {
      authorization: 'Bearer token-initiator',
      'content-type': 'multipart/mixed; boundary=b',
    };
    const body = joined('b', [http('POST sample_Echo', '{}', 'Prefer: respond-async')]);
    const answer = await fetch(`${choosing.url}/api/data/v9.2/%24batch`, { method: 'POST', headers, body });
    const text = await answer.text();
    const [, id] = /x-ms-dyn-backgroundoperationid: (\S+)/.exec(text) ?? [];
    expect([answer.status, text]).toEqual([200, expect.stringContaining('HTTP/1.1 202 Accepted')]);
    const monitor = await fetch(`${choosing.url}/api/backgroundoperation/${id}`, { headers });
    expect(monitor.status).toBe(200);
    await choosing.close();
  });

  it('runs a custom API at once although a part asks for respond-async, and starts no operation', async () => {
    const echo = http('POST sample_Echo', '{"IntegerValue":3}', 'Prefer: respond-async');
    expect(await send([echo])).toMatchObject({ status: 200, statuses: [200] });
    const rows = await fetch(`${server.url}/api/data/v9.2/backgroundoperations`, {
      headers: { authorization: 'Bearer token-initiator' },
    });
    expect(await rows.json()).toMatchObject({ value: [] });
  });

  it('is what dynamics-web-api makes of a filter over 2,000 characters', async () => {
    const client = new DynamicsWebApi({
      serverUrl: server.url,
      dataApi: { version: '9.2' },
      onTokenRefresh: () => Promise.resolve('token-initiator'),
    });
    const filter = Array.from({ length: 60 }, (_, n) => `name eq 'a_name_that_nobody_has_${n}'`).join(' or ');
    expect(filter.length).toBeGreaterThan(2_000);
    const { value } = await client.retrieveMultiple({ collection: 'backgroundoperations', filter });
    expect(value).toEqual([]);
  });

  it('is what dynamics-web-api makes of a batch with a change set and references', async () => {
    const client = new DynamicsWebApi({
      serverUrl: server.url,
      dataApi: { version: '9.2' },
      onTokenRefresh: () => Promise.resolve('token-initiator'),
    });
    const names = { name: 'n', displayname: 'd', description: 'x' };
    const batchOf = (uniquename: string, type: unknown) => {
      client.startBatch();
      void client.create({ collection: 'customapis', data: { ...names, uniquename }, contentId: '1' });
      const data = { ...names, uniquename: 'Count', type, 'CustomAPIId@odata.bind': '$1' };
      void client.create({ collection: 'customapirequestparameters', data, contentId: '2' });
      void client.retrieveMultiple({
        collection: 'customapis',
        filter: `uniquename eq '${uniquename}'`,
        select: ['uniquename'],
        inChangeSet: false,
      });
      return client.executeBatch();
    };
    const [apiId, parameterId, found] = await batchOf('my_Dwa', 7);
    expect([apiId, parameterId]).toEqual([expect.stringMatching(guid), expect.stringMatching(guid)]);
    expect(found).toMatchObject({ value: [{ customapiid: apiId, uniquename: 'my_Dwa' }] });
    await expect(batchOf('my_Other', 'wrong')).rejects.toThrow();
    const { value } = await client.retrieveMultiple({
      collection: 'customapis',
      filter: "uniquename eq 'my_Other'",
    });
    expect(value).toEqual([]);
  });
});
