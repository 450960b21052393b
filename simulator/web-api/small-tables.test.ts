import { describe, expect, test } from 'vitest';
import { headerOf, jsonObject } from '../plain.ts';
import type { Kit } from '../test-kit.ts';
import { createKit } from '../test-kit.ts';
import { getRows, webApiPath } from './get-rows.fixture.ts';

const initiator = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01';

async function createEndpoint(kit: Kit, name: string): Promise<string> {
  const body = { name, contract: 8, url: 'https://listener.example/', authtype: 4, authvalue: 'code' };
  const answer = await kit.call('POST', `${webApiPath}serviceendpoints`, { body });
  return /\(([^)]+)\)$/.exec(headerOf(answer, 'odata-entityid') ?? '')?.[1] ?? '';
}

test('users and the organization are rows', async () => {
  const kit = createKit();
  const users = await getRows(
    kit,
    "systemusers?$filter=fullname eq 'Initiator'&$expand=businessunitid($select=name)",
  );
  expect(users.rows).toMatchObject([{ systemuserid: initiator, businessunitid: { name: 'contoso' } }]);
  const { json } = await getRows(kit, 'WhoAmI');
  const organization = await getRows(kit, `organizations(${String(json.OrganizationId)})?$select=name`);
  expect(organization.json).toMatchObject({ name: 'contoso' });
  expect((await kit.call('POST', `${webApiPath}systemusers`, { body: {} })).status).toBe(405);
});

describe('$expand', () => {
  test('shows rows of collections with options of their own, and of lookups', async () => {
    const kit = createKit();
    const asked = (option: string) =>
      getRows(
        kit,
        "customapis?$select=uniquename&$filter=uniquename eq 'sample_Echo'&$expand=PluginTypeId($select=typename)," +
          `CustomAPIRequestParameters($select=uniquename;$filter=startswith(uniquename,'D');${option})`,
      );
    const { json, rows } = await asked('$orderby=uniquename desc');
    expect(json['@odata.context']).toBe(
      'https://contoso.example/api/data/v9.2/$metadata#customapis(uniquename,PluginTypeId(typename),' +
        'CustomAPIRequestParameters(uniquename))',
    );
    expect(rows).toMatchObject([
      {
        uniquename: 'sample_Echo',
        PluginTypeId: null,
        CustomAPIRequestParameters: [{ uniquename: 'DecimalValue' }, { uniquename: 'DateTimeValue' }],
      },
    ]);
    const nested = await asked('$expand=CustomAPIId($select=name)');
    expect(nested.rows).toMatchObject([
      {
        CustomAPIRequestParameters: [
          { CustomAPIId: { name: 'sample_Echo' } },
          { CustomAPIId: { name: 'sample_Echo' } },
        ],
      },
    ]);
  });

  test('refuses what the table does not have', async () => {
    const kit = createKit();
    expect(await getRows(kit, 'customapis?$expand=Nothing')).toMatchObject({
      status: 400,
      error: { code: '0x0' },
    });
    expect(await getRows(kit, 'customapis?$expand=PluginTypeId($filter=name eq 1)')).toMatchObject({
      status: 400,
    });
    expect(await getRows(kit, 'customapis?$expand=PluginTypeId($select=nothing)')).toMatchObject({
      status: 400,
    });
    // An elastic table has no links.
    expect(await getRows(kit, 'backgroundoperations?$expand=createdby')).toMatchObject({
      status: 400,
      error: { code: '0x80048d0b' },
    });
  });
});

describe('a path behind a row', () => {
  test('leads to a property, and to its raw value', async () => {
    const kit = createKit();
    const id = await createEndpoint(kit, 'first');
    const { json } = await getRows(kit, `serviceendpoints(${id})/name`);
    expect(json).toEqual({
      '@odata.context': `https://contoso.example/api/data/v9.2/$metadata#serviceendpoints(${id})/name`,
      value: 'first',
    });
    const raw = await kit.call('GET', `${webApiPath}serviceendpoints(${id})/contract/$value`);
    expect([headerOf(raw, 'content-type'), raw.body]).toEqual(['text/plain', '8']);
    expect(await getRows(kit, `serviceendpoints(${id})/nothing`)).toMatchObject({
      status: 404,
      error: { code: '0x8006088a' },
    });
  });

  test('writes one property, and leads to null as 204', async () => {
    const kit = createKit();
    const id = await createEndpoint(kit, 'first');
    const put = await kit.call('PUT', `${webApiPath}serviceendpoints(${id})/name`, {
      body: { value: 'second' },
    });
    expect(put.status).toBe(204);
    expect((await getRows(kit, `serviceendpoints(${id})/name`)).json.value).toBe('second');
    const { rows } = await getRows(kit, 'systemusers?$top=1');
    expect((await getRows(kit, `systemusers(${String(rows[0]?.systemuserid)})/firstname`)).status).toBe(204);
  });

  test('leads along navigation properties, to rows, counts, pages and references', async () => {
    const kit = createKit();
    const { rows } = await getRows(kit, "customapis?$filter=uniquename eq 'sample_Echo'");
    const echo = `customapis(${String(rows[0]?.customapiid)})`;
    const list = await getRows(kit, `${echo}/CustomAPIRequestParameters?$select=uniquename`, {
      prefer: 'odata.maxpagesize=5',
    });
    expect(list.rows).toHaveLength(5);
    expect(list.json['@odata.nextLink']).toContain(
      `${echo}/CustomAPIRequestParameters?$select=uniquename&$skip`,
    );
    expect((await kit.call('GET', `${webApiPath}${echo}/CustomAPIRequestParameters/$count`)).body).toBe('13');
    const child = String(list.rows[0]?.customapirequestparameterid);
    const back = `customapirequestparameters(${child})/CustomAPIId`;
    expect((await getRows(kit, `${back}?$select=uniquename`)).json).toMatchObject({
      uniquename: 'sample_Echo',
    });
    expect((await getRows(kit, `${back}/uniquename`)).json.value).toBe('sample_Echo');
    expect((await getRows(kit, `${back}/$ref`)).json).toEqual({
      '@odata.context': 'https://contoso.example/api/data/v9.2/$metadata#$ref',
      '@odata.id': `https://contoso.example/api/data/v9.2/${echo}`,
    });
    expect((await getRows(kit, `${echo}/CustomAPIRequestParameters(${child})`)).status).toBe(200);
    expect((await getRows(kit, `${echo}/CustomAPIRequestParameters(${initiator})`)).status).toBe(404);
  });

  test('leads from an operation to its properties and users', async () => {
    const kit = createKit();
    const row = `backgroundoperations(${await kit.submit()})`;
    expect((await getRows(kit, `${row}/name`)).json.value).toBe('bgop_Probe');
    const raw = await kit.call('GET', `${webApiPath}${row}/versionnumber/$value`);
    expect(raw.body).toMatch(/^\d{18}$/);
    expect((await getRows(kit, `${row}/createdby?$select=fullname`)).json).toMatchObject({
      fullname: 'Initiator',
    });
    expect((await getRows(kit, `${row}/endtime`)).status).toBe(204);
    expect(await getRows(kit, `${row}/nothing`)).toMatchObject({
      status: 404,
      error: { code: '0x8006088a' },
    });
    const put = await kit.call('PUT', `${webApiPath}${row}/displayname`, { body: { value: 'renamed' } });
    expect(put.status).toBe(204);
    expect((await getRows(kit, `${row}/displayname`)).json.value).toBe('renamed');
    const state = await kit.call('PUT', `${webApiPath}${row}/retrycount`, { body: { value: 7 } });
    expect(state.status).toBe(400);
  });
});

test('references set and clear a lookup that may change, and are refused where it is fixed', async () => {
  const kit = createKit();
  const api1 = {
    uniquename: 'new_Api',
    name: 'Api',
    displayname: 'Api',
    description: 'An API.',
  };
  const made = await kit.call('POST', `${webApiPath}customapis`, { body: api1 });
  const row = headerOf(made, 'odata-entityid')?.split('/').at(-1) ?? '';
  const cleared = await kit.call('DELETE', `${webApiPath}${row}/PluginTypeId/$ref`);
  expect(cleared.status).toBe(204);
  const unknown = { '@odata.id': `${webApiPath}plugintypes(${initiator})` };
  expect((await kit.call('PUT', `${webApiPath}${row}/PluginTypeId/$ref`, { body: unknown })).status).toBe(
    404,
  );
});

test('a written row is shown where the client prefers it', async () => {
  const kit = createKit();
  const headers = { prefer: 'return=representation' };
  const body = { name: 'shown', contract: 8, url: 'https://listener.example/', authtype: 4, authvalue: 'c' };
  const made = await kit.call('POST', `${webApiPath}serviceendpoints?$select=name`, { body, headers });
  expect([made.status, headerOf(made, 'preference-applied')]).toEqual([201, 'return=representation']);
  const { serviceendpointid, name } = jsonObject(made.body) ?? {};
  expect(name).toBe('shown');
  const path = `${webApiPath}serviceendpoints(${String(serviceendpointid)})?$select=name`;
  const changed = await kit.call('PATCH', path, { body: { name: 'again' }, headers });
  expect([changed.status, jsonObject(changed.body)?.name]).toEqual([200, 'again']);
});

test('PATCH of a row that there is not creates it, unless If-Match forbids that', async () => {
  const kit = createKit();
  const id = crypto.randomUUID();
  const path = `${webApiPath}serviceendpoints(${id})`;
  const body = { name: 'new', contract: 8, url: 'https://listener.example/', authtype: 4, authvalue: 'c' };
  const only = (name: string) => ({ headers: { [name]: '*' } });
  expect((await kit.call('PATCH', path, { body, ...only('if-match') })).status).toBe(404);
  const made = await kit.call('PATCH', path, { body });
  expect([made.status, headerOf(made, 'odata-entityid')]).toEqual([204, `https://contoso.example${path}`]);
  expect((await kit.call('PATCH', path, { body, ...only('if-none-match') })).status).toBe(412);
  expect((await kit.call('PATCH', path, { body: { name: 'changed' } })).status).toBe(204);
  expect((await getRows(kit, `serviceendpoints(${id})/name`)).json.value).toBe('changed');
  const again = { ...body, serviceendpointid: id };
  expect((await kit.call('POST', `${webApiPath}serviceendpoints`, { body: again })).status).toBe(412);
});

test('$select takes the name of a navigation property for that of its lookup', async () => {
  const { rows } = await getRows(createKit(), 'systemusers?$select=businessunitid&$top=1');
  expect(rows[0]).toHaveProperty('_businessunitid_value');
});

test('annotations name the table that a lookup leads to', async () => {
  const kit = createKit();
  const row = `backgroundoperations(${await kit.submit()})`;
  const { json } = await getRows(kit, `${row}?$select=_createdby_value`, {
    prefer: 'odata.include-annotations="*"',
  });
  expect(json).toMatchObject({
    '_createdby_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'systemuser',
    '_createdby_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'createdby',
  });
});

describe('a path along a lookup', () => {
  test('filters and orders rows by what the other end has', async () => {
    const kit = createKit();
    const { rows } = await getRows(
      kit,
      "customapirequestparameters?$select=uniquename&$filter=CustomAPIId/uniquename eq 'sample_Echo' and " +
        'CustomAPIId/iscustomizable/Value eq true&$orderby=CustomAPIId/name,uniquename&$top=2',
    );
    expect(rows).toMatchObject([{ uniquename: 'BooleanValue' }, { uniquename: 'DateTimeValue' }]);
    const filter = encodeURIComponent("sdkmessagefilterid/primaryobjecttypecode eq 'account'");
    expect(await getRows(kit, `sdkmessageprocessingsteps?$filter=${filter}`)).toMatchObject({
      status: 200,
      rows: [],
    });
  });

  test('is refused where it leads nowhere', async () => {
    const kit = createKit();
    for (const path of ['Nothing/name', 'CustomAPIId/nothing', 'CustomAPIId/', 'uniquename/name'])
      expect(await getRows(kit, `customapirequestparameters?$filter=${path} eq 'a'`), path).toMatchObject({
        status: 400,
        error: { code: expect.stringMatching(/^0x/) as string },
      });
  });
});
