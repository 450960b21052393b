import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defaultUsers } from '../simulator/simulator.ts';
import { startServer, type RunningServer } from '../simulator/server.ts';
import type { User } from '../simulator/situation.ts';
import { emptyFolder, resultIn, start, type Ended } from './fixtures/bgop.ts';
import { makeCertificates, type Certificates } from './fixtures/certificates.ts';
import { startProxy } from './fixtures/proxy.ts';
import { startTokenService, type TokenService, type TokenServiceOptions } from './fixtures/token-service.ts';

const minutes = 60_000;
const tenantId = '8f1c2a34-0000-4000-8000-00000000000a';
const secret = 'S3cret~of+the/initiator&=%';
const [initiator, other, unprivileged] = defaultUsers as [User, User, User];

let certificates: Certificates;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  certificates = await makeCertificates(await emptyFolder());
});

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

afterAll(() => {
  expect(closers).toEqual([]);
});

/** A target behind TLS that takes only the tokens of a sign-in service, and a configuration for both. */
async function withService(options: Partial<TokenServiceOptions<User>> = {}) {
  const signIn: { service?: TokenService<User> } = {};
  const target: RunningServer = await startServer(
    { users: [initiator, other, unprivileged], acceptToken: (token) => signIn.service?.userOf(token) },
    { tls: certificates.tls },
  );
  closers.push(target.close);
  const service = await startTokenService<User>({
    tls: certificates.tls,
    tenantId,
    scope: `${target.url}/.default`,
    lifeSeconds: 3_600,
    applications: [
      { clientId: 'app-initiator', secret, user: initiator },
      { clientId: 'app-other', secret: `${secret}-other`, user: other },
      { clientId: 'app-unprivileged', secret: `${secret}-unprivileged`, user: unprivileged },
    ],
    ...options,
  });
  signIn.service = service;
  closers.push(service.close);
  const auth = (name: string, clientSecretEnv: string) => ({
    kind: 'client-credentials',
    tenantId,
    clientId: `app-${name}`,
    clientSecretEnv,
    authority: service.url,
  });
  const config = {
    target: {
      kind: 'url',
      url: target.url,
      auth: auth('initiator', 'BGOP_TEST_SECRET'),
      otherUserAuth: auth('other', 'BGOP_TEST_OTHER'),
      unprivilegedAuth: auth('unprivileged', 'BGOP_TEST_UNPRIVILEGED'),
      clock: { kind: 'virtual', url: '/simulator/clock' },
    },
  };
  return { target, service, config };
}

const secrets = {
  BGOP_TEST_SECRET: secret,
  BGOP_TEST_OTHER: `${secret}-other`,
  BGOP_TEST_UNPRIVILEGED: `${secret}-unprivileged`,
};

/** Runs the section about access, unless other arguments are given. */
async function verify(
  config: object,
  environment: NodeJS.ProcessEnv = {},
  args = ['--only', 'access'],
): Promise<{ ended: Ended; folder: string }> {
  const folder = await emptyFolder();
  await writeFile(path.join(folder, 'bgop.config.json'), JSON.stringify(config));
  const trusted = { NODE_EXTRA_CA_CERTS: certificates.caFile, ...secrets, ...environment };
  const ended = await start(folder, ['verify', '--seed', '7', ...args], trusted).ended;
  for (const hidden of [...Object.values(secrets), ...Object.values(environment)]) {
    if (hidden?.includes('~') === true) expect(ended.out + ended.err).not.toContain(hidden);
  }
  return { ended, folder };
}

describe('client credentials over TLS', () => {
  it(
    'sign every principal in, and the section about access is decided',
    async () => {
      const { config, service } = await withService();
      const { ended, folder } = await verify(config);
      expect(ended.status, ended.out + ended.err).toBe(0);
      const summary = (await resultIn(folder))?.summary;
      expect(summary).toMatchObject({ failed: 0, warned: 0 });
      expect(summary?.passed).toBeGreaterThan(5);
      // One of each principal for the look beforehand, and for the one worker.
      expect(service.issued).toHaveLength(6);
    },
    2 * minutes,
  );

  it(
    'renew a token that expires while a run goes on',
    async () => {
      const { config, service } = await withService({ lifeSeconds: 2 });
      const { ended } = await verify(config, {}, ['--only', 'access,retry']);
      expect(ended.status, ended.out + ended.err).toBe(0);
      expect(service.issued.length).toBeGreaterThan(6);
      expect(service.refused()).toBe(0);
    },
    2 * minutes,
  );

  it(
    'survive a clock of the target that runs ahead: what it refuses early is renewed',
    async () => {
      const { config, service } = await withService({ lifeSeconds: 4, aheadSeconds: 3 });
      const { ended } = await verify(config, {}, ['--only', 'access,retry']);
      expect(ended.status, ended.out + ended.err).toBe(0);
      expect(service.refused()).toBeGreaterThan(0);
    },
    2 * minutes,
  );

  it(
    'end with 3 where the clock of the target is beyond every token',
    async () => {
      const { config } = await withService({ lifeSeconds: 60, aheadSeconds: 90 });
      const { ended } = await verify(config);
      expect(ended.status).toBe(3);
      expect(ended.err).toContain(
        'target.auth: the target refuses the token with 401 (WWW-Authenticate: Bearer ',
      );
      expect(ended.err).toContain('do the clocks agree?');
    },
    minutes,
  );
});

describe('a sign-in that fails ends the run with 3 and says what to do:', () => {
  it(
    'a wrong secret',
    async () => {
      const { config } = await withService();
      const { ended } = await verify(config, { BGOP_TEST_SECRET: 'wrong~but+also/secret' });
      expect(ended.status).toBe(3);
      expect(ended.err).toContain(
        'bgop: target.auth: signing in failed: invalid_client: AADSTS7000215: Invalid client secret provided. Put the value of the secret (not its id) in BGOP_TEST_SECRET',
      );
    },
    minutes,
  );

  it(
    'a wrong secret that the service repeats',
    async () => {
      const { config } = await withService({
        instead: (request, body, response) => {
          if (request.method !== 'POST') return false;
          const form = new URLSearchParams(body);
          const told = `AADSTS7000215: ${form.get('client_secret') ?? ''} is wrong; you sent ${body}`;
          response.writeHead(401, { 'Content-Type': 'application/json' });
          response.end(JSON.stringify({ error: 'invalid_client', error_description: told }));
          return true;
        },
      });
      const { ended } = await verify(config);
      expect(ended.status).toBe(3);
      expect(ended.err).toContain('AADSTS7000215: «masked» is wrong');
      const encoded = new URLSearchParams({ x: secret }).toString().slice(2);
      for (const form of [secret, encoded, encodeURIComponent(secret)]) expect(ended.err).not.toContain(form);
    },
    minutes,
  );

  it(
    'an unknown application, tenant or scope',
    async () => {
      const { config } = await withService();
      const { target } = config;
      const withAuth = (auth: object) => ({ target: { ...target, auth: { ...target.auth, ...auth } } });
      const cases: [object, string][] = [
        [{ clientId: 'app-nobody' }, 'check clientId and tenantId'],
        [{ scope: 'https://elsewhere.test/.default' }, 'asked for was https://elsewhere.test/.default'],
      ];
      for (const [auth, wayOut] of cases) {
        const { ended } = await verify(withAuth(auth));
        expect([ended.status, ended.err]).toEqual([3, expect.stringContaining(wayOut)]);
      }
    },
    2 * minutes,
  );

  it(
    'a service that is down',
    async () => {
      const { config, service } = await withService();
      await service.close();
      const { ended } = await verify(config);
      expect(ended.status).toBe(3);
      expect(ended.err).toContain('The sign-in service cannot be reached: check authority');
    },
    2 * minutes,
  );

  it(
    'a certificate that nobody vouches for',
    async () => {
      const { config } = await withService();
      const { ended } = await verify(config, { NODE_EXTRA_CA_CERTS: '' });
      expect(ended.status).toBe(3);
      expect(ended.err).toContain('name its authority in NODE_EXTRA_CA_CERTS');
    },
    minutes,
  );
});

describe('a sovereign cloud', () => {
  it(
    'is asked at its own address, without a detour through another cloud',
    async () => {
      const asked: string[] = [];
      // Nothing of this leaves the machine: the proxy hangs up.
      const proxy = createServer().on('connect', (request, socket) => {
        asked.push(request.url ?? '');
        socket.destroy();
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      closers.push(() => new Promise((resolve) => proxy.close(() => resolve())));
      const { config } = await withService();
      const auth = { ...config.target.auth, authority: 'https://login.microsoftonline.us' };
      const { ended } = await verify(
        { target: { ...config.target, auth } },
        {
          HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
          NO_PROXY: '127.0.0.1',
        },
      );
      expect(ended.status).toBe(3);
      expect(ended.err).toContain('The sign-in service cannot be reached: check authority');
      expect(new Set(asked)).toEqual(new Set(['login.microsoftonline.us:443']));
    },
    2 * minutes,
  );
});

describe('a proxy', () => {
  it(
    'of HTTPS_PROXY carries both the target and the sign-in',
    async () => {
      const { config, target, service } = await withService();
      const proxy = await startProxy();
      closers.push(proxy.close);
      const { ended } = await verify(config, { HTTPS_PROXY: proxy.url, NO_PROXY: '' }, [
        '--only',
        'access.challenge',
      ]);
      expect(ended.status, ended.out + ended.err).toBe(0);
      expect(new Set(proxy.asked)).toEqual(
        new Set([target.url, service.url].map((url) => new URL(url).host)),
      );
    },
    2 * minutes,
  );

  it(
    'is left out for hosts of NO_PROXY',
    async () => {
      const { config } = await withService();
      const proxy = await startProxy();
      closers.push(proxy.close);
      const { ended } = await verify(config, { HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1' }, [
        '--only',
        'access.challenge',
      ]);
      expect(ended.status, ended.out + ended.err).toBe(0);
      expect(proxy.asked).toEqual([]);
    },
    2 * minutes,
  );
});
