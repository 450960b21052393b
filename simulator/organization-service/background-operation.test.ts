import { describe, expect, it } from 'vitest';
import { createKit } from '../test-kit.ts';
import {
  endpoint,
  execute,
  faultOf,
  find,
  message,
  operation,
  pairs,
  parameter,
  parsed,
  request,
  rootOf,
  send,
  submission,
  textParameter,
  value,
} from './soap.fixture.ts';

const probe = request('bgop_Probe', textParameter('ControlUrl', 'http://listener/ok'));

describe('ExecuteBackgroundOperation', () => {
  it('submits a custom API and answers its id as a guid, and the monitor', async () => {
    const kit = createKit();
    const answer = await send(kit, submission(probe));
    expect(answer.status).toBe(200);
    const results = pairs(find(answer, 'Results'));
    const id = results.BackgroundOperationId?.text ?? '';
    expect(results.BackgroundOperationId).toMatchObject({ type: 'guid', text: id.toLowerCase() });
    expect(results.Location).toMatchObject({
      type: 'string',
      text: `https://contoso.example/api/backgroundoperation/${id}`,
    });
    await kit.advance(1_000);
    expect(await kit.monitor(id)).toMatchObject({
      backgroundOperationStatusCode: 30,
      Text: 'done',
      Count: 3,
    });
    expect(await kit.row(id)).toMatchObject({
      name: 'bgop_Probe',
      runas: kit.simulator && expect.any(String),
    });
  });

  it('answers in the order of the data contracts', async () => {
    const answer = await send(createKit(), submission(probe));
    expect(find(answer, 'ExecuteResult').children.map(({ local }) => local)).toEqual([
      'ResponseName',
      'Results',
    ]);
    expect(rootOf(answer).children.map(({ local }) => local)).toEqual(['Body']);
  });

  it('posts its callback to CallbackUri', async () => {
    const kit = createKit();
    await send(
      kit,
      submission(probe, textParameter('CallbackUri', 'https://listener.example/cb?a=1&amp;b=2')),
    );
    await kit.advance(1_000);
    const callback = kit.sent.find(({ url }) => url.includes('/cb'));
    expect(callback?.url).toBe('https://listener.example/cb?a=1&b=2');
  });

  it.each([
    ['absent', ''],
    ['nil', parameter('Request', '<g:value in:nil="true"/>')],
  ])('refuses a Request that is %s', async (_how, parameters) => {
    const kit = createKit();
    const answer = await send(kit, execute(request('ExecuteBackgroundOperation', parameters)));
    expect(faultOf(answer)).toEqual({
      status: 500,
      code: -2147220989,
      message: "Required field 'Request' is missing for RequestName='ExecuteBackgroundOperation'",
    });
  });

  it.each(['WhoAmI', 'Create', 'my_Unknown', 'OnBackgroundOperationComplete'])(
    'refuses %s as Request and creates nothing',
    async (name) => {
      const kit = createKit();
      expect(faultOf(await send(kit, submission(request(name))))).toMatchObject({ status: 500 });
      const rows = await kit.call('GET', '/api/data/v9.2/backgroundoperations/$count');
      expect(rows.body).toBe('0');
    },
  );

  it('refuses a user without the privileges, a missing parameter and one of another type', async () => {
    const kit = createKit();
    const token = 'token-unprivileged';
    expect(faultOf(await send(kit, submission(probe), { token }))).toMatchObject({ code: -2147220960 });
    expect(faultOf(await send(kit, submission(request('bgop_Probe')))).message).toContain('ControlUrl');
    const wrong = request('bgop_Probe', parameter('ControlUrl', value('xs:int', '3')));
    expect(faultOf(await send(kit, submission(wrong))).message).toContain('ControlUrl');
    expect((await kit.call('GET', '/api/data/v9.2/backgroundoperations/$count')).body).toBe('0');
  });

  it('decides by RequestName, whatever i:type says', async () => {
    const answer = await send(createKit(), execute(request('WhoAmI'), 'x1:RetrieveRequest'));
    expect(find(answer, 'ExecuteResult').type?.local).toBe('WhoAmIResponse');
  });
});

describe('who calls', () => {
  it('challenges a request without a token, naming authority and resource', async () => {
    const answer = await createKit().call('GET', '/XRMServices/2011/Organization.svc/web', { token: null });
    expect(answer.status).toBe(401);
    expect(answer.headers.find(([name]) => name === 'WWW-Authenticate')?.[1]).toMatch(
      /^Bearer authorization_uri=https:\/\/\S+\/oauth2\/authorize, resource_id=https:\/\/contoso\.example\/$/,
    );
  });

  it('lets a caller act for another by a SOAP header or one of HTTP', async () => {
    const kit = createKit();
    const other = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a02';
    const userOf = async (header: string, headers: Record<string, string> = {}) => {
      const body = message(execute(request('WhoAmI')), header);
      return pairs(find(await kit.call('POST', endpoint, { body, headers }), 'Results')).UserId?.text;
    };
    expect(await userOf(`<x1:CallerId>${other}</x1:CallerId>`)).toBe(other);
    expect(await userOf('', { mscrmcallerid: other })).toBe(other);
    expect(await userOf('<x1:CallerId>00000000-0000-0000-0000-000000000000</x1:CallerId>')).toMatch(/01$/);
  });

  it('throttles with a duration in Retry-After', async () => {
    const kit = createKit({ serviceProtection: { requests: 1, now: () => 0 } });
    await send(kit, execute(request('WhoAmI')));
    const answer = await send(kit, execute(request('WhoAmI')));
    expect(faultOf(answer)).toMatchObject({ status: 500, code: -2147015902 });
    const details = pairs(find(answer, 'ErrorDetails'));
    expect(details['Retry-After']).toMatchObject({
      type: 'duration',
      text: expect.stringMatching(/^PT\d+S$/),
    });
  });
});

describe('the detail of a fault', () => {
  it('declares its own namespaces, since WCF cuts it out of its message', async () => {
    const { body = '' } = await send(createKit(), execute(request('Nothing')));
    const [detail = ''] = /<OrganizationServiceFault .*<\/OrganizationServiceFault>/.exec(body) ?? [];
    const root = parsed(detail);
    expect(root.children.map(({ local }) => local)).toEqual([
      'ActivityId',
      'ErrorCode',
      'ErrorDetails',
      'HelpLink',
      'Message',
      'Timestamp',
      'ExceptionRetriable',
      'ExceptionSource',
      'InnerFault',
      'OriginalException',
      'TraceText',
    ]);
    expect(pairs(root.children[2] ?? root)).toMatchObject({
      ApiExceptionHttpStatusCode: { type: 'int', text: '400' },
    });
  });
});

describe('what is asked of the organization', () => {
  it.each([
    ['WhoAmI', 'WhoAmIResponse', 'UserId'],
    ['RetrieveVersion', 'RetrieveVersionResponse', 'Version'],
    ['RetrieveCurrentOrganization', 'RetrieveCurrentOrganizationResponse', 'Detail'],
  ])('answers %s with its class', async (name, type, result) => {
    const answer = await send(createKit(), execute(request(name)));
    expect(find(answer, 'ExecuteResult').type?.local).toBe(type);
    expect(pairs(find(answer, 'Results'))).toHaveProperty(result);
  });

  it('says clearly what it does not serve', async () => {
    const kit = createKit();
    expect(faultOf(await send(kit, execute(request('RetrieveEntity')))).message).toContain(
      "'RetrieveEntity'",
    );
    expect(faultOf(await send(kit, operation('Create', '<entity/>'))).message).toContain("'Create'");
    expect((await kit.call('POST', '/XRMServices/2011/Organization.svc')).status).toBe(404);
    expect((await kit.call('GET', endpoint)).status).toBe(405);
    const headers = { 'content-type': 'application/soap+xml' };
    expect((await kit.call('POST', endpoint, { headers, body: '' })).status).toBe(415);
  });
});
