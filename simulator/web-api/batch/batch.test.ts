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
});
