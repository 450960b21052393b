import { describe, expect, it } from 'vitest';
import { jsonObject } from '../plain.ts';
import { createKit, type Kit } from '../test-kit.ts';

const api = '/api/data/v9.2';
const rows = `${api}/backgroundoperations`;
const initiator = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01';
const other = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a02';
const unprivileged = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a03';

const errorOf = (body: string | undefined) => jsonObject(body)?.error as Record<string, string>;

async function echo(kit: Kit, body: string) {
  return kit.call('POST', `${api}/sample_Echo`, { body });
}

describe('the elastic table', () => {
  it('upserts without If-Match: the row becomes what was sent', async () => {
    const kit = createKit();
    const id = await kit.submit();
    await kit.advance(1);
    expect((await kit.call('PATCH', `${rows}(${id})`, { body: { priority: 3 } })).status).toBe(204);
    expect(await kit.row(id)).toMatchObject({
      priority: 3,
      name: '',
      displayname: '',
      inputparameters: '[]',
      outputparameters: null,
      backgroundoperationstatecode: 3,
    });
  });

  it('merges with If-Match', async () => {
    const kit = createKit();
    const id = await kit.submit();
    const headers = { 'if-match': '*' };
    await kit.call('PATCH', `${rows}(${id})`, { body: { priority: 3 }, headers });
    expect(await kit.row(id)).toMatchObject({ priority: 3, name: 'bgop_Probe' });
  });

  it.each(['GET', 'PATCH', 'DELETE'])('%s finds nothing in another partition', async (method) => {
    const kit = createKit();
    const id = await kit.submit();
    const key = `backgroundoperationid=${id},partitionid='nonsense'`;
    const extra = method === 'PATCH' ? { body: { priority: 3 }, headers: { 'if-match': '*' } } : {};
    expect((await kit.call(method, `${rows}(${key})`, extra)).status).toBe(404);
    expect(await kit.row(id)).toMatchObject({ priority: 0 });
  });

  it('gives version, etag and next link the documented look', async () => {
    const kit = createKit();
    const id = await kit.submit();
    const { body } = await kit.call('GET', `${rows}(${id})`);
    expect(body).toMatch(/"versionnumber":6\d{17}[,}]/);
    expect(body).toMatch(/W\/\\"[0-9a-f]{8}-0000-0200-0000-[0-9a-f]{12}\\"/);
  });

  it('orders and filters by versions that a double would take for equal', async () => {
    const kit = createKit();
    const id = await kit.submit();
    const headers = { 'if-match': '*' };
    const version = async () =>
      /"versionnumber":(\d+)/.exec((await kit.call('GET', `${rows}(${id})`)).body ?? '')?.[1] ?? '';
    const before = await version();
    await kit.call('PATCH', `${rows}(${id})`, { body: { priority: 1 }, headers });
    expect(Number(await version())).toBe(Number(before));
    const count = await kit.call('GET', `${rows}/$count?$filter=versionnumber gt ${before}`);
    expect(count.body).toBe('1');
  });
});

describe('numbers', () => {
  it.each([
    ['DecimalValue', '12345678901.1234567891'],
    ['DecimalValue', '79228162514264337593543950335'],
    ['DecimalValue', '-0.0000000000000000000000000001'],
    ['DecimalValue', '0.0000001'],
    ['FloatValue', '0.1'],
    ['MoneyValue', '250000000000'],
    ['MoneyValue', '922337203685477'],
  ])('%s %s comes back as it was sent', async (name, number) => {
    const kit = createKit();
    const now = await echo(kit, `{"${name}":${number}}`);
    expect(now.status).toBe(200);
    expect(now.body).toContain(`"${name}":${number}`);
    const accepted = await kit.call('POST', `${api}/sample_Echo`, {
      body: `{"${name}":${number}}`,
      headers: { prefer: 'respond-async' },
    });
    expect(accepted.status).toBe(202);
  });

  it.each([
    ['DecimalValue', '79228162514264337593543950336'],
    ['DecimalValue', '1.234567890123456789012345678901'],
    ['DecimalValue', '1e99999'],
    ['MoneyValue', '922337203685478'],
    ['IntegerValue', '12345678901234567890'],
    ['EntityValue', '12345678901234567890'],
  ])('%s %s is refused', async (name, number) => {
    expect((await echo(createKit(), `{"${name}":${number}}`)).status).toBe(400);
  });
});

describe('a reference to a row', () => {
  const reference = (members: object) =>
    JSON.stringify({
      EntityReferenceValue: { '@odata.type': '#Microsoft.Dynamics.CRM.account', ...members },
    });

  it.each(['primarykeyid', 'id', 'LogicalName', 'entityType'])('has no member %s', async (name) => {
    const answer = await echo(createKit(), reference({ [name]: initiator }));
    expect(answer.status).toBe(400);
    expect(errorOf(answer.body).message).toContain(
      `property '${name}' does not exist on type 'Microsoft.Dynamics.CRM.account'`,
    );
  });

  it('has columns of its table and annotations', async () => {
    const members = { accountid: initiator, name: 'A', 'parentid@odata.bind': `/accounts(${other})` };
    expect((await echo(createKit(), reference(members))).status).toBe(200);
  });
});

describe('the error of a plug-in', () => {
  const failing = (errorCode?: number) =>
    createKit({}, () => ({
      outcome: 'fail',
      errorMessage: 'no',
      ...(errorCode === undefined ? {} : { errorCode }),
    }));
  const now = (kit: Kit, annotations?: string) =>
    kit.call('POST', `${api}/bgop_Probe`, {
      body: { ControlUrl: 'http://listener/x' },
      headers: annotations === undefined ? {} : { prefer: `odata.include-annotations="${annotations}"` },
    });

  it('keeps the platform’s code and shows its own among the details', async () => {
    const { status, body } = await now(failing(12345), '*');
    expect(status).toBe(400);
    expect(errorOf(body)).toEqual({
      code: '0x80040265',
      message: 'no',
      '@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus': '0',
      '@Microsoft.PowerApps.CDS.ErrorDetails.SubErrorCode': '12345',
      '@Microsoft.PowerApps.CDS.HelpLink': expect.stringContaining('80040265') as string,
      '@Microsoft.PowerApps.CDS.TraceText': '',
      '@Microsoft.PowerApps.CDS.InnerError.Message': 'no',
    });
  });

  it('shows those details only that were asked for', async () => {
    expect(Object.keys(errorOf((await now(failing(12345))).body))).toEqual(['code', 'message']);
    const { body } = await now(failing(12345), 'Microsoft.PowerApps.CDS.ErrorDetails.*');
    expect(Object.keys(errorOf(body))).toHaveLength(4);
  });

  it('is the platform’s where the code is', async () => {
    const { body } = await now(failing(-2147187707), '*');
    expect(errorOf(body)).toMatchObject({ code: '0x80048405' });
    expect(Object.keys(errorOf(body))).not.toContain('@Microsoft.PowerApps.CDS.ErrorDetails.SubErrorCode');
  });
});

describe('impersonation', () => {
  const whoAmI = (kit: Kit, headers: Record<string, string>, token = 'token-initiator') =>
    kit.call('GET', `${api}/WhoAmI`, { headers, token });

  it.each(['callerobjectid', 'mscrmcallerid'])('%s acts as the user that it names', async (name) => {
    const { body } = await whoAmI(createKit(), { [name]: other.toUpperCase() });
    expect(jsonObject(body)?.UserId).toBe(other);
  });

  it('refuses a user that is not there', async () => {
    const { status, body } = await whoAmI(createKit(), {
      callerobjectid: '00000000-0000-0000-0000-000000000001',
    });
    expect([status, errorOf(body).code]).toEqual([400, '0x80048d1a']);
  });

  it('needs the privilege, and never adds one', async () => {
    const kit = createKit();
    expect((await whoAmI(kit, { mscrmcallerid: other }, 'token-unprivileged')).status).toBe(403);
    const refused = await kit.call('GET', rows, { headers: { mscrmcallerid: unprivileged } });
    expect(refused.status).toBe(403);
  });

  it.each([
    ['GET', '/api/backgroundoperation/ID', 403],
    ['DELETE', '/api/backgroundoperation/ID', 403],
    ['GET', `${rows}`, 403],
    ['GET', `${rows}(ID)`, 403],
    ['PATCH', `${rows}(ID)`, 403],
    ['POST', `${api}/sample_Echo`, 200],
    ['POST', `${api}/serviceendpoints`, 403],
  ])(
    'holds at %s %s: who may not act for others is refused, and rights are the other user’s',
    async (method, path, as) => {
      const kit = createKit();
      const id = await kit.submit();
      const call = (headers: Record<string, string>, token: string) =>
        kit.call(method, path.replace('ID', id), {
          headers,
          token,
          ...(method === 'GET' ? {} : { body: {} }),
        });
      const forOther = await call({ mscrmcallerid: other }, 'token-unprivileged');
      expect([forOther.status, forOther.body]).toEqual([
        403,
        expect.stringContaining('prvActOnBehalfOfAnotherUser'),
      ]);
      const forUnprivileged = await call({ callerobjectid: unprivileged }, 'token-initiator');
      expect(forUnprivileged.status).toBe(as);
    },
  );

  it('is written into the row', async () => {
    const kit = createKit();
    const id = await kit.submit({ headers: { mscrmcallerid: other } });
    expect(await kit.row(id)).toMatchObject({ runas: other, _createdonbehalfby_value: initiator });
  });
});

it('a webhook is told the host name of the organization', async () => {
  const kit = createKit();
  const endpoint = await kit.call('POST', `${api}/serviceendpoints`, {
    body: { name: 'w', contract: 8, authtype: 4, authvalue: 'k', url: 'https://receiver.example/' },
  });
  const endpointId = /\(([^)]+)\)$/.exec(
    endpoint.headers.find(([name]) => name === 'OData-EntityId')?.[1] ?? '',
  )?.[1];
  const messages = await kit.call(
    'GET',
    `${api}/sdkmessages?$filter=name eq 'OnBackgroundOperationComplete'`,
  );
  const message = (jsonObject(messages.body)?.value as { sdkmessageid: string }[])[0]?.sdkmessageid;
  await kit.call('POST', `${api}/sdkmessageprocessingsteps`, {
    body: {
      name: 's',
      mode: 1,
      stage: 40,
      'sdkmessageid@odata.bind': `/sdkmessages(${message})`,
      'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${endpointId})`,
    },
  });
  await kit.submit();
  await kit.advance(1);
  const webhook = kit.sent.find(({ purpose }) => purpose === 'webhook');
  expect(webhook?.headers).toContainEqual(['x-ms-dynamics-organization', 'contoso.example']);
});
