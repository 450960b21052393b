import { afterEach, describe, expect, it } from 'vitest';
import type { ServerOptions } from '../server.ts';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';
import type { SimulatorOptions } from '../simulator.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function serve(options: SimulatorOptions = {}, serverOptions: ServerOptions = {}) {
  const { signIn = {} } = options;
  const resources = ['https://contoso.crm.dynamics.com'];
  const served = { ...options, signIn: signIn === false ? signIn : { resources, ...signIn } };
  const server = await startServer(served, serverOptions);
  running.push(server);
  const url = server.url.replace('0.0.0.0', '127.0.0.1');
  const post = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}/tenant/oauth2/${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
    });
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  };
  const whoAmI = (token: unknown) =>
    fetch(`${url}/api/data/v9.2/WhoAmI`, { headers: { authorization: `Bearer ${String(token)}` } });
  return { ...server, url, post, whoAmI };
}

const clientId = '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a01';
const credentials = {
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: 'secret-initiator',
  scope: 'https://contoso.crm.dynamics.com/.default',
};
const claims = (token: unknown) =>
  JSON.parse(atob(String(token).split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '')) as Record<
    string,
    unknown
  >;

describe('the sign-in service', () => {
  it('is where a 401 points to, with the resource', async () => {
    const { url, whoAmI } = await serve();
    const header = (await whoAmI('none')).headers.get('www-authenticate') ?? '';
    const [, authority, resource] = /authorization_uri=(\S+), resource_id=(\S+)$/.exec(header) ?? [];
    expect([authority?.startsWith(`${url}/`), resource]).toEqual([true, `${url}/`]);
    const configuration = authority?.replace('oauth2/authorize', '.well-known/openid-configuration') ?? '';
    expect(await (await fetch(configuration)).json()).toMatchObject({
      token_endpoint: expect.stringMatching(/^http.+\/oauth2\/v2\.0\/token$/) as string,
    });
  });

  it('issues a token for one resource: another organization refuses it, and says so', async () => {
    const { url, post, whoAmI } = await serve();
    const tokenFor = async (resource: string) =>
      (await post('v2.0/token', { ...credentials, scope: `${resource}/.default` })).json.access_token;
    expect((await whoAmI(await tokenFor(url))).status).toBe(200);
    expect((await whoAmI(await tokenFor(url.replace('127.0.0.1', 'localhost')))).status).toBe(200);
    const refused = await whoAmI(await tokenFor('https://graph.microsoft.com'));
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(
        /^Bearer error=invalid_token, error_description=The token is for https:\/\/graph\.microsoft\.com and not for http[^,]+, authorization_uri=http.+, resource_id=http/,
      ),
    ]);
  });

  it('speaks version 1 to clients that name a resource: numbers as texts, device codes as ADAL redeems them', async () => {
    const { url, post, whoAmI } = await serve();
    const secret = { client_id: clientId, client_secret: 'secret-initiator' };
    const { json } = await post('token', { ...secret, grant_type: 'client_credentials', resource: url });
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: '3600', resource: url });
    expect(json).not.toHaveProperty('scope');
    expect(Number(json.expires_on) - Number(json.not_before)).toBe(3_600);
    const client = { client_id: '51f81489-12ee-4a9e-aaae-a2591f45987d', resource: url };
    const device = await post('devicecode', client);
    expect(device.json).toMatchObject({ verification_url: `${url}/`, expires_in: '900' });
    const code = String(device.json.device_code);
    const signedIn = await post('token', { ...client, grant_type: 'device_code', code });
    expect((await whoAmI(signedIn.json.access_token)).status).toBe(200);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(signedIn.json.refresh_token) };
    expect((await post('token', { ...client, ...refresh })).json).toMatchObject({ expires_in: '3600' });
  });

  it('issues a token for an application with its secret, in the form or as Basic, in both versions', async () => {
    const { post, whoAmI } = await serve();
    const { client_secret: secret, scope, ...rest } = credentials;
    const basic = { authorization: `Basic ${btoa(`${clientId}:${encodeURIComponent(secret)}`)}` };
    const resource = 'https://contoso.crm.dynamics.com/';
    for (const { status, json } of [
      await post('v2.0/token', credentials),
      await post('v2.0/token', { grant_type: rest.grant_type, scope }, basic),
      await post('token', { ...rest, client_secret: secret, resource }),
    ]) {
      expect([status, json.token_type, Number(json.expires_in)]).toEqual([200, 'Bearer', 3_600]);
      expect((await whoAmI(json.access_token)).status).toBe(200);
      expect(claims(json.access_token).aud).toBe('https://contoso.crm.dynamics.com');
    }
  });

  it.each<[number, string, string, Record<string, string>]>([
    [401, 'invalid_client', 'AADSTS7000215', { client_secret: 'wrong' }],
    [400, 'unauthorized_client', 'AADSTS700016', { client_id: 'nobody' }],
    [400, 'invalid_scope', 'AADSTS1002012', { scope: 'https://contoso.crm.dynamics.com/user_impersonation' }],
    [400, 'invalid_request', "'client_secret'", { client_secret: '' }],
    [400, 'invalid_request', 'longer than 8192', { scope: 'x'.repeat(9_000) }],
    [400, 'unsupported_grant_type', 'AADSTS70003', { grant_type: 'password' }],
    [
      400,
      'expired_token',
      'AADSTS70020',
      { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: 'x' },
    ],
    [400, 'invalid_grant', 'AADSTS700082', { grant_type: 'refresh_token', refresh_token: 'x' }],
  ])('refuses with %i %s (%s)', async (status, error, text, fields) => {
    const { post } = await serve();
    const answer = await post('v2.0/token', { ...credentials, ...fields });
    expect([answer.status, answer.json.error, answer.json.error_description]).toEqual([
      status,
      error,
      expect.stringContaining(text),
    ]);
  });

  it('lets tokens expire on the chosen clock', async () => {
    const { post, whoAmI, simulator } = await serve({
      clock: 'virtual',
      signIn: { clock: 'simulator', lifetimeSeconds: 600 },
    });
    const { json } = await post('v2.0/token', credentials);
    expect(claims(json.access_token).exp).toBe(Date.UTC(2026, 0, 1) / 1_000 + 600);
    await simulator.clock.advance(599_999);
    expect((await whoAmI(json.access_token)).status).toBe(200);
    await simulator.clock.advance(1);
    expect((await whoAmI(json.access_token)).status).toBe(401);
    const other = await serve({ clock: 'virtual' });
    const token = (await other.post('v2.0/token', credentials)).json.access_token;
    await other.simulator.clock.advance(90 * 86_400_000);
    expect((await other.whoAmI(token)).status).toBe(200);
  });

  it('keeps its tokens over a reset, and its requests out of the journal', async () => {
    const { post, whoAmI, simulator } = await serve();
    const { json } = await post('v2.0/token', credentials);
    expect(simulator.control.requests.count()).toBe(0);
    simulator.control.reset();
    expect((await whoAmI(json.access_token)).status).toBe(200);
  });

  it('knows applications of its own', async () => {
    const app = { clientId: 'my-app', secret: 's3cret', userId: '3c1b6f0e-8d52-4c0e-9a43-5f0d6d1c0a02' };
    const { post, whoAmI } = await serve({ signIn: { apps: [app] } });
    const { json } = await post('v2.0/token', {
      ...credentials,
      client_id: 'my-app',
      client_secret: 's3cret',
    });
    expect(await (await whoAmI(json.access_token)).json()).toMatchObject({ UserId: app.userId });
    expect((await post('v2.0/token', credentials)).status).toBe(400);
  });

  it('sends codes to pages of this machine only', async () => {
    const { url } = await serve();
    const ask = (redirect: string) =>
      fetch(
        `${url}/tenant/oauth2/v2.0/authorize?client_id=${clientId}&response_type=code&scope=openid&response_mode=fragment&redirect_uri=${redirect}`,
        { redirect: 'manual' },
      );
    expect((await ask('http://localhost:5173/')).headers.get('location')).toMatch(
      /^http:\/\/localhost:5173\/#code=/,
    );
    for (const elsewhere of [
      'https://evil.example/',
      'http://localhost.evil.example/',
      'javascript:alert(1)',
      '',
    ]) {
      const refused = await ask(elsewhere);
      expect([refused.status, refused.headers.get('location')]).toEqual([400, null]);
    }
  });

  it('consents to nothing where others reach it, and its secrets are generated', async () => {
    const { url, post, users } = await serve({}, { host: '0.0.0.0' });
    expect((await post('v2.0/token', credentials)).status).toBe(401);
    const secret = `secret-${users[0]?.token.replace('token-', '')}`;
    expect((await post('v2.0/token', { ...credentials, client_secret: secret })).status).toBe(200);
    expect((await post('v2.0/devicecode', { client_id: clientId, scope: 'openid' })).json.error).toBe(
      'access_denied',
    );
    const asked = `${url}/t/oauth2/v2.0/authorize?client_id=x&response_type=code&scope=openid&redirect_uri=http://localhost/`;
    const back = await fetch(asked, { redirect: 'manual' });
    expect(back.headers.get('location')).toContain('error=access_denied');
  });

  it('is not there where it is switched off', async () => {
    const { url } = await serve({ signIn: false });
    expect((await fetch(`${url}/tenant/v2.0/.well-known/openid-configuration`)).status).toBe(401);
  });

  it('takes no form anywhere else, and none of a foreign page', async () => {
    const { url, post } = await serve();
    const form = { method: 'POST', body: new URLSearchParams({ a: 'b' }) };
    expect((await fetch(`${url}/api/data/v9.2/sample_Echo`, form)).status).toBe(415);
    const foreign = await post('v2.0/token', credentials, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    const local = await fetch(`${url}/tenant/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(credentials),
      headers: { origin: 'http://localhost:5173' },
    });
    expect([local.status, local.headers.get('access-control-allow-origin')]).toEqual([
      200,
      'http://localhost:5173',
    ]);
  });
});
