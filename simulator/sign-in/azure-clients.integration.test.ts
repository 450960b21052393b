import { createRequire } from 'node:module';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { ClientSecretCredential, DeviceCodeCredential } from '@azure/identity';
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../http/self-signed.ts';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';
import { defaultUsers } from '../simulator.ts';

const [initiator] = defaultUsers;
const clientId = initiator?.id ?? '';
const tenantId = '9f2c1d44-6b1e-4a0b-8f0e-2d7b3c5a1e10';
const usual = getCACertificates();

/** As far as it is used here: it comes with @azure/identity, and is none of our own dependencies. */
interface Msal {
  readonly ConfidentialClientApplication: new (options: object) => {
    acquireTokenByClientCredential: (request: object) => Promise<{ accessToken: string } | null>;
  };
  readonly PublicClientApplication: new (options: object) => {
    acquireTokenByDeviceCode: (request: object) => Promise<SignedIn | null>;
    getAuthCodeUrl: (request: object) => Promise<string>;
    acquireTokenByCode: (request: object) => Promise<SignedIn>;
    acquireTokenSilent: (request: object) => Promise<SignedIn>;
  };
  readonly CryptoProvider: new () => {
    generatePkceCodes: () => Promise<{ verifier: string; challenge: string }>;
  };
}
interface SignedIn {
  readonly accessToken: string;
  readonly account: { readonly localAccountId: string; readonly tenantId: string } | null;
}
const identity = fileURLToPath(import.meta.resolve('@azure/identity'));
const msal = createRequire(identity)('@azure/msal-node') as Msal;

let server: RunningServer;
let auth: object;
const scopes: string[] = [];
beforeAll(async () => {
  const tls = await selfSigned(['localhost']);
  setDefaultCACertificates([...usual, tls.cert]);
  server = await startServer({}, { host: 'localhost', tls });
  scopes.push(`${server.url}/.default`);
  auth = { clientId, authority: `${server.url}/${tenantId}`, knownAuthorities: [new URL(server.url).host] };
});
afterAll(async () => {
  await server.close();
  setDefaultCACertificates(usual);
});

async function whoAmI(token: string | undefined): Promise<unknown> {
  const answer = await fetch(`${server.url}/api/data/v9.2/WhoAmI`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return answer.ok ? ((await answer.json()) as { UserId: string }).UserId : answer.status;
}

describe('@azure/identity, unpatched', () => {
  const options = () => ({ authorityHost: server.url, disableInstanceDiscovery: true });

  it('signs in with a client secret', async () => {
    const credential = new ClientSecretCredential(tenantId, clientId, 'secret-initiator', options());
    expect(await whoAmI((await credential.getToken(scopes)).token)).toBe(clientId);
  });

  it('is told of a wrong secret, and of an unknown application', async () => {
    const wrong = new ClientSecretCredential(tenantId, clientId, 'wrong', options());
    await expect(wrong.getToken(scopes)).rejects.toThrow('AADSTS7000215');
    const unknown = new ClientSecretCredential(tenantId, crypto.randomUUID(), 'x', options());
    await expect(unknown.getToken(scopes)).rejects.toThrow('AADSTS700016');
  });

  it('signs in with a device code', async () => {
    const prompts: string[] = [];
    const userPromptCallback = ({ message }: { message: string }) => void prompts.push(message);
    const credential = new DeviceCodeCredential({ ...options(), tenantId, clientId, userPromptCallback });
    expect(await whoAmI((await credential.getToken(scopes)).token)).toBe(clientId);
    expect(prompts).toEqual([expect.stringContaining('consented by itself')]);
  });
});

describe('@azure/msal-node, unpatched', () => {
  it('signs in with client credentials; keys of the discovery document prove the token', async () => {
    const application = new msal.ConfidentialClientApplication({
      auth: { ...auth, clientSecret: 'secret-initiator' },
    });
    const { accessToken } = (await application.acquireTokenByClientCredential({ scopes })) ?? {};
    expect(await whoAmI(accessToken)).toBe(clientId);
    const configuration = (await (
      await fetch(`${server.url}/${tenantId}/v2.0/.well-known/openid-configuration`)
    ).json()) as { issuer: string; jwks_uri: string };
    const { payload } = await jwtVerify(
      accessToken ?? '',
      createRemoteJWKSet(new URL(configuration.jwks_uri)),
      { issuer: configuration.issuer, audience: server.url },
    );
    expect(payload).toMatchObject({ appid: clientId, oid: clientId, tid: tenantId, idtyp: 'app' });
    const others = createLocalJWKSet({ keys: [] });
    await expect(jwtVerify(accessToken ?? '', others)).rejects.toThrow();
  });

  it('signs in with a device code', async () => {
    const application = new msal.PublicClientApplication({ auth });
    const result = await application.acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback: () => undefined,
    });
    expect(await whoAmI(result?.accessToken)).toBe(clientId);
    expect(result?.account).toMatchObject({ localAccountId: clientId, tenantId });
  });

  it('signs in with an authorization code and PKCE, as the user hinted at, and refreshes', async () => {
    const application = new msal.PublicClientApplication({ auth });
    const { verifier, challenge } = await new msal.CryptoProvider().generatePkceCodes();
    const other = defaultUsers[1]?.id ?? '';
    const redirectUri = 'http://localhost:5173/back';
    const shared = { scopes, redirectUri, loginHint: other };
    const url = await application.getAuthCodeUrl({
      ...shared,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      state: 'a state',
    });
    const sentBack = await fetch(url, { redirect: 'manual' });
    const target = new URL(sentBack.headers.get('location') ?? '');
    expect([sentBack.status, target.origin + target.pathname]).toEqual([302, redirectUri]);
    expect(target.searchParams.get('state')).toBe('a state');
    const code = target.searchParams.get('code') ?? '';
    await expect(
      application.acquireTokenByCode({ ...shared, code, codeVerifier: `${verifier}x` }),
    ).rejects.toThrow('501481');
    // A code is good for one try.
    await expect(application.acquireTokenByCode({ ...shared, code, codeVerifier: verifier })).rejects.toThrow(
      '70008',
    );
    const again = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
    const signedIn = await application.acquireTokenByCode({
      ...shared,
      code: again.searchParams.get('code') ?? '',
      codeVerifier: verifier,
    });
    expect(await whoAmI(signedIn.accessToken)).toBe(other);
    const silent = { scopes, account: signedIn.account, forceRefresh: true };
    const refreshed = await application.acquireTokenSilent(silent);
    expect([await whoAmI(refreshed.accessToken), refreshed.accessToken !== signedIn.accessToken]).toEqual([
      other,
      true,
    ]);
  });
});
