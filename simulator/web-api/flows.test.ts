import { describe, expect, it } from 'vitest';
import { headerOf, jsonObject, type PlainAnswer } from '../plain.ts';
import type { Kit } from '../test-kit.ts';
import { createKit, succeedingProbe } from '../test-kit.ts';

const root = '/api/data/v9.2/';
const flowUrl = 'https://flow.example/workflows/1/triggers/manual/run?sig=a%2Fb';
const subscription = {
  version: 3,
  url: flowUrl,
  name: 'a flow',
  scope: 4,
  entityname: 'none',
  sdkmessagename: 'OnBackgroundOperationComplete',
};
const unprivileged = { authorization: 'Bearer token-unprivileged' };

async function subscribe(kit: Kit, changes: Record<string, unknown> = {}): Promise<string> {
  const answer = await kit.call('POST', `${root}callbackregistrations`, {
    body: { ...subscription, ...changes },
  });
  expect(answer.status).toBe(204);
  return headerOf(answer, 'location') ?? '';
}

const told = (kit: Kit) => kit.sent.filter(({ purpose }) => purpose === 'registration');
const pathOf = (url: string): string => new URL(url).pathname;
const messageOf = (answer: PlainAnswer): unknown =>
  (jsonObject(answer.body)?.error as Record<string, unknown> | undefined)?.message;

describe('callback registrations', () => {
  it('are created with an address in both headers, and read without the URL', async () => {
    const kit = createKit();
    const made = await kit.call('POST', `${root}callbackregistrations`, {
      headers: { consistency: 'Strong' },
      body: subscription,
    });
    const location = headerOf(made, 'location') ?? '';
    expect([made.status, headerOf(made, 'odata-entityid')]).toEqual([204, location]);
    const read = await kit.call('GET', pathOf(location));
    expect(jsonObject(read.body)).toMatchObject({ name: 'a flow', scope: 4, version: 3 });
    const list = await kit.call('GET', `${root}callbackregistrations`);
    expect(`${read.body ?? ''}${list.body ?? ''}`).not.toContain('flow.example');
    expect((await kit.call('GET', `${pathOf(location)}?$select=url`)).status).toBe(400);
  });

  it('are listed and counted in one answer', async () => {
    const kit = createKit();
    await subscribe(kit);
    await subscribe(kit, { name: 'another flow' });
    const list = await kit.call('GET', `${root}callbackregistrations?$count=true&$select=name`);
    const { '@odata.count': count, value } = jsonObject(list.body) ?? {};
    expect([count, value]).toEqual([2, [expect.anything(), expect.anything()]]);
  });

  it('tell of a completion in plain objects, and no more once they are deleted', async () => {
    const kit = createKit();
    const location = await subscribe(kit);
    const id = await kit.submit();
    await kit.advance(1);
    expect(told(kit).map(({ url }) => url)).toEqual([flowUrl]);
    expect(jsonObject(told(kit)[0]?.body)).toEqual({
      InputParameters: {
        PayloadType: 0,
        LocationUrl: `https://contoso.example/api/backgroundoperation/${id}`,
        BackgroundOperationId: id,
      },
      OutputParameters: {
        BackgroundOperationStateCode: 3,
        BackgroundOperationStatusCode: 30,
        OperationName: 'bgop_Probe',
      },
      SdkMessage: 'OnBackgroundOperationComplete',
      RunAsSystemUserId: '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01',
    });
    expect((await kit.call('DELETE', pathOf(location))).status).toBe(204);
    await kit.submit();
    await kit.advance(1);
    expect(told(kit)).toHaveLength(1);
  });

  it.each([
    ['successes', [30]],
    ['none', []],
  ] as const)('may be told of %s only', async (registrationsTold, statuses) => {
    const kit = createKit({ choices: { registrationsTold, registrationForm: 'lists' } }, ({ url }) =>
      url.endsWith('/bad') ? { outcome: 'fail', message: 'no' } : succeedingProbe,
    );
    await subscribe(kit);
    await kit.submit();
    await kit.submit({ control: 'https://suite/bad' });
    await kit.advance(3_600_000);
    const outputs = told(kit).map(({ body }) => jsonObject(body)?.OutputParameters);
    expect(outputs).toEqual(
      statuses.map(
        (value) => expect.arrayContaining([{ key: 'BackgroundOperationStatusCode', value }]) as unknown,
      ),
    );
  });

  it('are tried again after 503, and a failure leaves a system job', async () => {
    const kit = createKit({}, ({ purpose }) =>
      purpose === 'registration' ? { status: 503, body: '' } : succeedingProbe,
    );
    await subscribe(kit);
    await kit.submit();
    await kit.advance(60_000);
    expect(told(kit)).toHaveLength(2);
    const jobs = await kit.call('GET', `${root}asyncoperations?$filter=statuscode eq 31`);
    expect(jsonObject(jobs.body)?.value).toHaveLength(1);
  });

  it('of changes of rows are accepted and never told', async () => {
    const kit = createKit();
    await subscribe(kit, { sdkmessagename: undefined, message: 1, entityname: 'account' });
    await kit.submit();
    await kit.advance(1);
    expect(told(kit)).toEqual([]);
  });

  it('get another URL only together with scope, table and version', async () => {
    const kit = createKit();
    const path = pathOf(await subscribe(kit));
    const url = 'https://flow.example/other';
    const alone = await kit.call('PATCH', path, { body: { url } });
    expect([alone.status, messageOf(alone)]).toEqual([
      400,
      "'url' is changed together with scope, entityname, version.",
    ]);
    const whole = await kit.call('PATCH', path, { body: { url, scope: 4, entityname: 'none', version: 3 } });
    expect(whole.status).toBe(204);
    await kit.submit();
    await kit.advance(1);
    expect(told(kit).map((each) => each.url)).toEqual([url]);
  });

  it.each([
    [{ url: 'ftp://flow.example' }, "'url' has to be http or https."],
    [{ url: undefined }, "'url' is required."],
    [{ entityname: '' }, "'entityname' is required."],
    [{ scope: 5 }, "5 is not a value of the choice 'scope'."],
    [{ version: undefined }, "'version' is required."],
    [{ createdon: '2026-01-01' }, "The column 'createdon' is written by the platform only."],
    [{ 'ownerid@odata.bind': '/systemusers' }, expect.stringContaining("'ownerid' has to name a row")],
    [{ colour: 'red' }, expect.stringContaining("Invalid property 'colour' was found in entity")],
    [{ runas: '1' }, expect.stringContaining('Edm.Int32')],
    [{ postponeuntil: 'a'.repeat(100_001) }, expect.stringContaining("'postponeuntil'")],
    [{ sdkmessagename: undefined }, "'sdkmessagename' or 'message' is required."],
    [{ sdkmessagename: 'OnNothing' }, "There is no message 'OnNothing'."],
  ])('are refused with %j', async (changes, message) => {
    const kit = createKit();
    const answer = await kit.call('POST', `${root}callbackregistrations`, {
      body: { ...subscription, ...changes },
    });
    expect([answer.status, messageOf(answer)]).toEqual([400, message]);
  });

  it('need a privilege, which the refusal names', async () => {
    const kit = createKit();
    const path = pathOf(await subscribe(kit));
    const create = await kit.call('POST', `${root}callbackregistrations`, {
      headers: unprivileged,
      body: subscription,
    });
    const remove = await kit.call('DELETE', path, { headers: unprivileged });
    expect([create.status, remove.status]).toEqual([403, 403]);
    expect(messageOf(create)).toContain('prvCreateCallbackRegistration');
    expect(messageOf(remove)).toContain('prvDeleteCallbackRegistration');
  });
});

describe('the connector’s header without Prefer', () => {
  const header = { 'x-ms-dyn-callback-url': flowUrl };
  const perform = (kit: Kit) =>
    kit.call('POST', `${root}bgop_Probe`, {
      headers: header,
      body: { ControlUrl: 'https://suite/attempt' },
    });

  it('starts an operation that calls back', async () => {
    const kit = createKit();
    const answer = await perform(kit);
    expect(answer.status).toBe(202);
    expect(jsonObject(answer.body)).toHaveProperty('backgroundOperationId');
    await kit.advance(1);
    expect(kit.sent.filter(({ purpose }) => purpose === 'callback').map(({ url }) => url)).toEqual([flowUrl]);
  });

  it('may be answered 204 without a body', async () => {
    const kit = createKit({ choices: { headerAlone: 'noContent' } });
    const answer = await perform(kit);
    expect([answer.status, answer.body]).toEqual([204, undefined]);
    await kit.advance(1);
    expect(kit.sent.filter(({ purpose }) => purpose === 'callback')).toHaveLength(1);
  });

  it.each([{ headerAlone: 'synchronous' }, { connectorHeader: false }] as const)(
    'may run synchronously: %j',
    async (choices) => {
      const kit = createKit({ choices });
      expect((await perform(kit)).status).toBe(200);
      await kit.advance(1);
      expect(kit.sent.filter(({ purpose }) => purpose === 'callback')).toEqual([]);
    },
  );
});

const namesIn = (answer: PlainAnswer): string[] =>
  (jsonObject(answer.body)?.value as { uniquename: string }[]).map((each) => each.uniquename);

describe('what the designer of flows asks for', () => {
  const operations = async (kit: Kit, args: string) =>
    kit.call('GET', `${root}GetBackgroundOperations(${args})`);

  it.each(['v9.0', 'v9.1', 'v9.1.0', 'v9.2', 'v9.2.0', 'v9.10.3'])(
    'is answered below %s',
    async (version) => {
      expect((await createKit().call('GET', `/api/data/${version}/catalogs`)).status).toBe(200);
    },
  );

  it('lists the custom APIs of a category, and none of another', async () => {
    const kit = createKit();
    const common = "categoryUniqueName='backgroundoperations',entityLogicalName='none'";
    const found = await operations(kit, `catalogUniqueName='commoncatalog',${common}`);
    const names = namesIn(found);
    expect(names).toContain('bgop_Probe');
    expect(names).not.toContain('OnBackgroundOperationComplete');
    const other = await operations(kit, `catalogUniqueName='other',${common}`);
    expect(jsonObject(other.body)?.value).toEqual([]);
    expect((await operations(kit, "catalogUniqueName='commoncatalog'")).status).toBe(404);
  });

  it('takes arguments in any order, by alias, and queries as any collection', async () => {
    const kit = createKit();
    const call = (rest: string) => kit.call('GET', `${root}GetBackgroundOperations(${rest}`);
    const turned = await call(
      "entityLogicalName='none',catalogUniqueName=@c,categoryUniqueName='none')?@c='commoncatalog'",
    );
    const straight = await call(
      "catalogUniqueName='commoncatalog',categoryUniqueName='none',entityLogicalName='none')",
    );
    expect(namesIn(turned)).toContain('bgop_Probe');
    expect(namesIn(turned)).toEqual(namesIn(straight));
    // Not what an argument that was passed over would give.
    const nowhere = await call(
      "catalogUniqueName='other',categoryUniqueName='none',entityLogicalName='none')",
    );
    expect([namesIn(straight).length > 0, namesIn(nowhere)]).toEqual([true, []]);
    const all = "catalogUniqueName='none',categoryUniqueName='none',entityLogicalName='none')";
    const query = "?$select=uniquename&$filter=uniquename eq 'bgop_Probe'&$top=1&$count=true";
    const one = jsonObject((await call(all + query)).body);
    const [api, ...others] = one?.value as Record<string, unknown>[];
    expect([one?.['@odata.count'], api?.['uniquename'], others]).toEqual([1, 'bgop_Probe', []]);
    // Selected was one column, beside the key and what OData adds.
    expect(Object.keys(api ?? {}).filter((name) => !name.startsWith('@'))).toEqual([
      'uniquename',
      'customapiid',
    ]);
    const wrong = await call("catalogUniqueName=1,categoryUniqueName='none',entityLogicalName='none')");
    expect([wrong.status, (await call('catalogUniqueName)')).status]).toEqual([400, 400]);
    expect((await call("catalogUniqueName='',other='',entityLogicalName='')")).status).toBe(404);
  });

  it('is declared in $metadata', async () => {
    const csdl = (await createKit().call('GET', `${root}$metadata`)).body ?? '';
    const [declared = ''] = /<Function Name="GetBackgroundOperations">.*?<\/Function>/s.exec(csdl) ?? [];
    expect(declared.match(/<Parameter Name="\w+" Type="Edm.String"/g)).toHaveLength(3);
    expect(declared).toContain('<ReturnType Type="Collection(mscrm.customapi)"');
    expect(csdl).toContain('<FunctionImport Name="GetBackgroundOperations"');
  });

  it('lists catalogs with what they hold', async () => {
    const kit = createKit();
    const query =
      "catalogs?$filter=uniquename eq 'backgroundoperations'&$expand=ParentCatalogId,catalog_catalogassignment";
    const [category] = jsonObject((await kit.call('GET', root + query)).body)?.value as {
      ParentCatalogId: unknown;
      catalog_catalogassignment: { name: string }[];
    }[];
    expect(category?.ParentCatalogId).toMatchObject({ uniquename: 'commoncatalog' });
    expect(category?.catalog_catalogassignment.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['OnBackgroundOperationComplete', 'bgop_Probe']),
    );
  });
});
