import { describe, expect, it } from 'vitest';
import { headerOf, jsonObject } from '../../plain.ts';
import { createKit, succeedingProbe, type Kit } from '../../test-kit.ts';

const root = '/api/data/v9.2/';
const initiator = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01';
const unprivileged = { authorization: 'Bearer token-unprivileged' };
const other = { authorization: 'Bearer token-other' };
const subscription = {
  version: 3,
  url: 'https://flow.example/run?sig=secret',
  scope: 4,
  entityname: 'none',
  sdkmessagename: 'OnBackgroundOperationComplete',
};

/** Creates a registration and gives its path. */
async function register(kit: Kit, body: Record<string, unknown> = {}): Promise<string> {
  const made = await kit.call('POST', `${root}callbackregistrations`, { body: { ...subscription, ...body } });
  expect(made.status).toBe(204);
  return new URL(headerOf(made, 'location') ?? '').pathname;
}

const rowOf = async (kit: Kit, path: string) => jsonObject((await kit.call('GET', path)).body);

describe('a callback registration', () => {
  it('has the columns of the reference, but for the url', async () => {
    const kit = createKit();
    const row = await rowOf(kit, await register(kit, { postponeuntil: '@{triggerBody()}', runas: 3 }));
    expect(row).toMatchObject({
      postponeuntil: '@{triggerBody()}',
      runas: 3,
      message: null,
      harddelete: false,
      softdeletestatus: null,
      logicappsversion: null,
      runtimeintegrationproperties: null,
      _ownerid_value: initiator,
      _owninguser_value: initiator,
      _owningteam_value: null,
      _createdby_value: initiator,
      _createdonbehalfby_value: null,
      _modifiedby_value: initiator,
      _modifiedonbehalfby_value: null,
      versionnumber: 1,
    });
    expect(row?.createdon).toBe(row?.modifiedon);
    const unit = jsonObject((await kit.call('GET', `${root}businessunits`)).body)?.value;
    expect(unit).toEqual([expect.objectContaining({ businessunitid: row?._owningbusinessunit_value })]);
    expect(row).not.toHaveProperty('url');
  });

  it('leads to its owner, which can be another user', async () => {
    const kit = createKit();
    const users = jsonObject((await kit.call('GET', `${root}systemusers`)).body)?.value as {
      systemuserid: string;
    }[];
    const id = users.find(({ systemuserid }) => systemuserid !== initiator)?.systemuserid ?? '';
    const path = await register(kit, { 'ownerid@odata.bind': `/systemusers(${id})` });
    const row = jsonObject((await kit.call('GET', `${path}?$expand=ownerid($select=fullname)`)).body);
    expect(row).toMatchObject({ _ownerid_value: id, ownerid: { fullname: expect.any(String) as unknown } });
    const nobody = { 'ownerid@odata.bind': '/systemusers(00000000-0000-0000-0000-000000000001)' };
    expect((await kit.call('PATCH', path, { body: nobody })).status).toBe(404);
  });

  it('tells who changed it, and gets another version', async () => {
    const kit = createKit();
    const path = await register(kit);
    await kit.advance(60_000);
    expect((await kit.call('PATCH', path, { headers: other, body: { name: 'moved' } })).status).toBe(204);
    const row = await rowOf(kit, path);
    expect(row).toMatchObject({ name: 'moved', versionnumber: 2, _createdby_value: initiator });
    expect(row?._modifiedby_value).not.toBe(initiator);
    expect(row?.modifiedon).not.toBe(row?.createdon);
  });

  it('is written under If-Match, and read under If-None-Match', async () => {
    const kit = createKit();
    const path = await register(kit);
    const etag = headerOf(await kit.call('GET', path), 'etag') ?? '';
    expect((await rowOf(kit, path))?.['@odata.etag']).toBe(etag);
    expect((await kit.call('GET', path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const change = (ifMatch: string) =>
      kit.call('PATCH', path, { headers: { 'if-match': ifMatch }, body: { name: 'a' } });
    expect((await change(etag)).status).toBe(204);
    expect((await change(etag)).status).toBe(412);
    expect((await change('*')).status).toBe(204);
    const remove = (ifMatch: string) => kit.call('DELETE', path, { headers: { 'if-match': ifMatch } });
    expect([(await remove(etag)).status, (await remove('*')).status]).toEqual([412, 204]);
  });

  it('is answered to HEAD as to GET, without the body', async () => {
    const kit = createKit();
    const path = await register(kit);
    for (const each of [path, `${root}callbackregistrations`]) {
      const { status, body } = await kit.call('HEAD', each);
      expect([status, body]).toEqual([200, undefined]);
    }
  });

  it('is read by the privileged only', async () => {
    const kit = createKit();
    const path = await register(kit);
    for (const each of [path, `${root}callbackregistrations`, `${root}callbackregistrations/$count`]) {
      const answer = await kit.call('GET', each, { headers: unprivileged });
      expect([answer.status, answer.body]).toEqual([
        403,
        expect.stringContaining('prvReadCallbackRegistration'),
      ]);
    }
  });

  it('is described by metadata: owned by users, with a url that is not valid for read', async () => {
    const kit = createKit();
    const entity = `${root}EntityDefinitions(LogicalName='callbackregistration')`;
    expect(await rowOf(kit, `${entity}?$select=OwnershipType`)).toMatchObject({ OwnershipType: 'UserOwned' });
    const url = await rowOf(kit, `${entity}/Attributes(LogicalName='url')`);
    expect(url).toMatchObject({
      IsValidForRead: false,
      IsValidForCreate: true,
      MaxLength: 2_000,
      RequiredLevel: { Value: 'SystemRequired' },
    });
    const created = await rowOf(kit, `${entity}/Attributes(LogicalName='createdby')`);
    expect(created).toMatchObject({ IsValidForCreate: false, IsValidForUpdate: false, IsValidForRead: true });
    const csdl = (await kit.call('GET', `${root}$metadata`)).body ?? '';
    const [type] = /<EntityType Name="callbackregistration".*?<\/EntityType>/s.exec(csdl) ?? [];
    for (const name of ['url', 'postponeuntil', '_ownerid_value', 'versionnumber'])
      expect(type).toContain(`<Property Name="${name}"`);
  });

  it('leaves a system job of its own type where it could not be told', async () => {
    const kit = createKit({}, ({ purpose }) =>
      purpose === 'registration' ? { status: 404, body: '' } : succeedingProbe,
    );
    await register(kit, { name: 'a flow' });
    await kit.submit();
    await kit.advance(60_000);
    const jobs = jsonObject((await kit.call('GET', `${root}asyncoperations`)).body)?.value;
    expect(jobs).toEqual([expect.objectContaining({ name: 'a flow', operationtype: 79, statuscode: 31 })]);
  });
});
