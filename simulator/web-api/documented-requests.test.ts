import { describe, expect, it } from 'vitest';
import { messageId } from '../events/messages.ts';
import { headerOf, jsonObject } from '../plain.ts';
import type { Kit } from '../test-kit.ts';
import { createKit } from '../test-kit.ts';

/** Requests as the documentation and its samples write them. */
const api = '/api/data/v9.2/';
const initiator = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01';
const errorOf = (body: string | undefined) => jsonObject(body)?.error as Record<string, string>;

describe('a body', () => {
  it.each(['\n', '\r\n', '\t'])(
    'may have %j in a text, as the article writes its FetchXml',
    async (space) => {
      const kit = createKit();
      const body = `{\n  "FetchXml": "<fetch>${space}   <entity name='account'/>${space}</fetch>"\n}`;
      const headers = { prefer: 'respond-async' };
      const path = `${api}sample_ExportDataUsingFetchXmlToAnnotation`;
      const accepted = await kit.call('POST', path, { body, headers });
      expect(accepted.status).toBe(202);
      const row = await kit.row(headerOf(accepted, 'x-ms-dyn-backgroundoperationid') ?? '');
      expect(JSON.parse(String(row?.inputparameters))).toEqual([
        { Key: 'FetchXml', Value: `<fetch>${space}   <entity name='account'/>${space}</fetch>` },
      ]);
    },
  );

  it('may have its texts between apostrophes', async () => {
    const body = `{'StringValue':'it is "so"'}`;
    const answer = await createKit().call('POST', `${api}sample_Echo`, { body });
    expect(jsonObject(answer.body)).toMatchObject({ StringValue: 'it is "so"' });
  });

  it('is refused where it is no JSON in any reading', async () => {
    const answer = await createKit().call('POST', `${api}sample_Echo`, { body: `{'StringValue':'x` });
    expect(answer.status).toBe(400);
    expect(errorOf(answer.body).message).toContain('not valid JSON');
  });
});

it('every answer recommends a degree of parallelism, which Microsoft’s C# sample reads of WhoAmI', async () => {
  const answer = await createKit().call('GET', `${api}WhoAmI`);
  expect(headerOf(answer, 'x-ms-dop-hint')).toMatch(/^\d+$/);
});

describe('a query function', () => {
  it.each([`["30"]`, `['30']`, `['30', '31']`])('takes the list %s', async (list) => {
    const kit = createKit();
    await kit.submit();
    await kit.advance(1);
    const filter = `Microsoft.Dynamics.CRM.In(PropertyName='backgroundoperationstatuscode',PropertyValues=${list})`;
    const direct = await kit.call('GET', `${api}backgroundoperations/$count?$filter=${filter}`);
    const alias = `Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)`;
    const path = `${api}backgroundoperations/$count?$filter=${alias}&@p1='backgroundoperationstatuscode'&@p2=${list}`;
    expect([direct.body, (await kit.call('GET', path)).body]).toEqual(['1', '1']);
  });

  it.each([
    "not Microsoft.Dynamics.CRM.EqualUserId(PropertyName='systemuserid')",
    "not (Microsoft.Dynamics.CRM.Last7Days(PropertyName='createdon'))",
    "not (isdisabled eq true and Microsoft.Dynamics.CRM.Today(PropertyName='createdon'))",
  ])('cannot be negated: %s', async (filter) => {
    const answer = await createKit().call('GET', `${api}systemusers?$select=fullname&$filter=${filter}`);
    expect([answer.status, errorOf(answer.body).message]).toEqual([
      400,
      'Not operator along with the Custom Named Condition operators is not allowed',
    ]);
  });

  it('has an opposite instead', async () => {
    const path = `${api}systemusers?$select=fullname&$filter=Microsoft.Dynamics.CRM.NotEqualUserId(PropertyName=@p1)&@p1='systemuserid'`;
    const rows = jsonObject((await createKit().call('GET', path)).body)?.value as Record<string, unknown>[];
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ systemuserid }) => systemuserid)).not.toContain(initiator);
  });
});

describe('a row of a standard table', () => {
  const endpoint = {
    name: 'hook',
    contract: 8,
    url: 'https://hook.example/',
    authtype: 4,
    authvalue: 'code',
  };
  const custom = {
    uniquename: 'new_One',
    name: 'one',
    displayname: 'One',
    description: 'One',
    bindingtype: 0,
  };
  const step = {
    mode: 1,
    name: 'step',
    'sdkmessageid@odata.bind': `/sdkmessages(${messageId('OnBackgroundOperationComplete')})`,
  };

  async function created(kit: Kit, set: string): Promise<string> {
    const body = set === 'customapis' ? custom : endpoint;
    const made = await kit.call('POST', `${api}${set === 'customapis' ? set : 'serviceendpoints'}`, { body });
    const address = headerOf(made, 'odata-entityid') ?? '';
    if (set !== 'sdkmessageprocessingsteps') return address.slice(address.indexOf('/api'));
    const handler = { 'eventhandler_serviceendpoint@odata.bind': address };
    const subscribed = await kit.call('POST', `${api}${set}`, { body: { ...step, ...handler } });
    const of = headerOf(subscribed, 'odata-entityid') ?? '';
    return of.slice(of.indexOf('/api'));
  }

  it.each(['serviceendpoints', 'sdkmessageprocessingsteps', 'customapis'])(
    'of %s has an etag that changes, and is not overwritten by who knows an older one',
    async (set) => {
      const kit = createKit();
      const path = await created(kit, set);
      const read = (headers = {}) => kit.call('GET', path, { headers });
      const etag = headerOf(await read(), 'etag') ?? '';
      expect(etag).toMatch(/^W\/"[0-9a-fA-F]+"$/);
      expect((await read({ 'if-none-match': etag })).status).toBe(304);
      const annotated = await read({ 'if-none-match': etag, prefer: 'odata.include-annotations="*"' });
      expect(annotated.status).toBe(200);
      expect((await read({ 'if-none-match': 'null' })).status).toBe(200);
      const change = (headers: Record<string, string>) =>
        kit.call('PATCH', path, { body: { description: 'changed' }, headers });
      expect((await change({ 'if-match': etag })).status).toBe(204);
      expect(headerOf(await read({ 'if-none-match': etag }), 'etag')).not.toBe(etag);
      const stale = await change({ 'if-match': etag });
      expect([stale.status, errorOf(stale.body).code]).toEqual([412, '0x80060882']);
      expect((await kit.call('DELETE', path, { headers: { 'if-match': etag } })).status).toBe(412);
      expect((await kit.call('DELETE', path, { headers: { 'if-match': '*' } })).status).toBe(204);
    },
  );

  it.each(['serviceendpoints', 'sdkmessageprocessingsteps', 'customapis'])(
    'of %s refuses a property that the table does not have, whatever else is missing',
    async (set) => {
      const kit = createKit();
      const entity = set.slice(0, -1);
      for (const answer of [
        await kit.call('POST', `${api}${set}`, { body: { Name: 'x' } }),
        await kit.call('PATCH', await created(kit, set), { body: { Name: 'x' } }),
      ]) {
        expect([answer.status, errorOf(answer.body).code]).toEqual([400, '0x80048d19']);
        expect(errorOf(answer.body).message).toContain(
          `Invalid property 'Name' was found in entity 'Microsoft.Dynamics.CRM.${entity}'.`,
        );
      }
    },
  );

  it.each(['serviceendpoints', 'customapis'])(
    'of %s may be sent back with what was read beside it',
    async (set) => {
      const kit = createKit();
      const path = await created(kit, set);
      const body = {
        '@odata.context': 'x',
        '@odata.etag': 'W/"1"',
        'description@OData.Community.Display.V1.FormattedValue': 'as it was',
        description: 'as it is',
      };
      expect((await kit.call('PATCH', path, { body })).status).toBe(204);
    },
  );

  it('of a link that the table does not have is refused', async () => {
    const body = { ...endpoint, 'nothing@odata.bind': '/systemusers(1)' };
    const answer = await createKit().call('POST', `${api}serviceendpoints`, { body });
    expect([answer.status, errorOf(answer.body).code]).toEqual([400, '0x80048d19']);
  });

  it('takes the columns of the table reference that mean nothing here', async () => {
    const body = { ...endpoint, path: '', solutionnamespace: '', namespaceaddress: null, userclaim: 1 };
    expect((await createKit().call('POST', `${api}serviceendpoints`, { body })).status).toBe(204);
  });
});

describe('FetchXML of a standard table', () => {
  const fetch = async (kit: Kit, set: string, xml: string, more = '', prefer = '') => {
    const query = `fetchXml=${encodeURIComponent(xml)}${more}`;
    const headers = prefer === '' ? {} : { prefer };
    const answer = await kit.call('GET', `${api}${set}?${query}`, { headers });
    const json = jsonObject(answer.body) ?? {};
    return { status: answer.status, json, rows: json.value as Record<string, unknown>[] };
  };
  const users = (inner: string, attributes = '') =>
    `<fetch ${attributes}><entity name="systemuser"><attribute name="fullname"/>${inner}</entity></fetch>`;

  it('has columns, filters, orders and top', async () => {
    const inner =
      '<filter><condition attribute="businessunitid" operator="not-null"/>' +
      '<condition attribute="fullname" operator="in"><value>Other</value><value>Initiator</value></condition>' +
      '</filter><order attribute="fullname" descending="true"/>';
    const { rows, json } = await fetch(createKit(), 'systemusers', users(inner, 'top="1"'));
    expect(rows).toEqual([expect.objectContaining({ fullname: 'Other' })]);
    expect(rows[0]).not.toHaveProperty('domainname');
    expect(json['@odata.context']).toContain('$metadata#systemusers(');
  });

  it('comes page by page, by the cookie, and counts', async () => {
    const kit = createKit();
    const seen: unknown[] = [];
    const star = 'odata.include-annotations="*"';
    let cookie = '';
    for (let page = 1; page <= 2; page++) {
      const attributes = `count="2" page="${page}" returntotalrecordcount="true"${cookie}`;
      const { json, rows } = await fetch(kit, 'systemusers', users('', attributes), '', star);
      seen.push(...rows.map(({ fullname }) => fullname));
      expect(json['@Microsoft.Dynamics.CRM.totalrecordcount']).toBe(3);
      const outer = String(json['@Microsoft.Dynamics.CRM.fetchxmlpagingcookie'] ?? '');
      const inner = /pagingcookie="([^"]*)"/.exec(outer)?.[1] ?? '';
      const plain = decodeURIComponent(decodeURIComponent(inner));
      cookie = ` paging-cookie="${plain.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')}"`;
    }
    expect(seen.toSorted()).toEqual(['Initiator', 'Other', 'Unprivileged']);
  });

  it('compares columns of a row', async () => {
    const condition = (operator: string) =>
      users(`<filter><condition attribute="fullname" operator="${operator}" valueof="lastname"/></filter>`);
    expect((await fetch(createKit(), 'systemusers', condition('eq'))).rows).toHaveLength(3);
    expect((await fetch(createKit(), 'systemusers', condition('ne'))).rows).toHaveLength(0);
    expect((await fetch(createKit(), 'systemusers', condition('like'))).status).toBe(400);
  });

  it('is refused where it joins, and for another table than that of the address', async () => {
    const join = users('<link-entity name="businessunit" from="businessunitid" to="businessunitid"/>');
    expect((await fetch(createKit(), 'systemusers', join)).status).toBe(400);
    expect((await fetch(createKit(), 'organizations', users(''))).status).toBe(400);
  });

  it('may stand beside $count=true, as Microsoft’s C# sample sends it, and beside no other option', async () => {
    const kit = createKit();
    await kit.submit();
    const rows = '<fetch><entity name="backgroundoperation"><attribute name="name"/></entity></fetch>';
    for (const [set, xml, count] of [
      ['systemusers', users(''), 3],
      ['backgroundoperations', rows, 1],
    ] as const) {
      const { json } = await fetch(kit, set, xml, '&$count=true');
      expect(json['@odata.count']).toBe(count);
      expect((await fetch(kit, set, xml, '&$top=1')).status).toBe(400);
    }
  });
});

it.each<[string, number | undefined]>([
  ['fullname eq lastname', 3],
  ['lastname ne fullname', 0],
  ['firstname eq lastname', 0],
  ['not (fullname eq lastname)', 0],
  ['createdon le modifiedon and fullname eq lastname', 3],
  ['fullname eq createdon', undefined],
])('columns of a standard table are compared: %s', async (filter, count) => {
  const answer = await createKit().call('GET', `${api}systemusers/$count?$filter=${filter}`);
  expect(answer.status === 200 ? Number(answer.body) : undefined).toBe(count);
});

it.each(['WhoAmI', 'RetrieveVersion()'])('%s by another verb is nothing that there is', async (path) => {
  const answer = await createKit().call('POST', `${api}${path}`, { body: {} });
  expect([answer.status, errorOf(answer.body).code]).toEqual([404, '']);
  expect(errorOf(answer.body).message).toContain('No HTTP resource was found that matches the request URI');
});
