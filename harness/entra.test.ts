import type { TokenCredential } from '@azure/identity';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { entraTokens } from './entra.ts';
import { signInFailure } from './sign-in-failure.ts';

const auth = {
  kind: 'client-credentials',
  tenantId: 'tenant',
  clientId: 'client',
  clientSecretEnv: 'BGOP_SECRET',
} as const;
const hour = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'], now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A sign-in whose tokens live so long, with what was asked of it. */
function signIn(lifeMs: number, fails: () => Error | undefined = () => undefined) {
  const asked: string[] = [];
  let made = 0;
  const makeCredential = () => {
    made += 1;
    const credential: TokenCredential = {
      getToken: (scope) => {
        asked.push(String(scope));
        const failure = fails();
        if (failure !== undefined) return Promise.reject(failure);
        const token = `token-number-${asked.length}`;
        return Promise.resolve({ token, expiresOnTimestamp: Date.now() + lifeMs });
      },
    };
    return Promise.resolve(credential);
  };
  const authorization = entraTokens(auth, 'secret', 'https://contoso.crm.dynamics.com', makeCredential);
  return { authorization, asked, made: () => made };
}

describe('tokens of Entra', () => {
  it.each([-3_600_000, 0, Number.NaN, Infinity])(
    'that live %d ms by their word are kept for a while',
    async (life) => {
      const { authorization, asked } = signIn(life);
      for (let requests = 0; requests < 50; requests += 1) await authorization();
      expect(asked).toHaveLength(1);
      vi.advanceTimersByTime(4 * 60_000);
      await authorization();
      expect(asked).toHaveLength(2);
    },
  );

  it('are waited for 30 s, and a service that is silent is not asked by every request', async () => {
    vi.useFakeTimers({ now: 0 });
    let asked = 0;
    const silent = { getToken: () => ((asked += 1), new Promise<never>(() => undefined)) };
    const authorization = entraTokens(auth, 'secret', 'https://c.test', () => Promise.resolve(silent));
    const ending = authorization().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await ending).toMatchObject({ blame: 'sign-in' });
    expect(String(await ending)).toContain(
      'the sign-in service login.microsoftonline.com gave no token within 30 s',
    );
    await expect(authorization()).rejects.toThrow('gave no token');
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    void authorization().catch(() => undefined);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toBe(2);
  });

  it('are asked for once for all that wait, with the scope of the organization', async () => {
    const { authorization, asked } = signIn(hour);
    const values = await Promise.all([authorization(), authorization(), authorization()]);
    expect(new Set(values)).toEqual(new Set(['Bearer token-number-1']));
    expect(asked).toEqual(['https://contoso.crm.dynamics.com/.default']);
  });

  it('are renewed five minutes before they expire, and once for all that wait', async () => {
    const { authorization, asked } = signIn(hour);
    await authorization();
    vi.advanceTimersByTime(hour - 5 * 60_000 - 1);
    expect(await authorization()).toBe('Bearer token-number-1');
    vi.advanceTimersByTime(1);
    const values = await Promise.all([authorization(), authorization(), authorization()]);
    expect(new Set(values)).toEqual(new Set(['Bearer token-number-2']));
    expect(asked).toHaveLength(2);
  });

  it('that live shortly are used for half of their life', async () => {
    const { authorization } = signIn(60_000);
    await authorization();
    vi.advanceTimersByTime(29_999);
    expect(await authorization()).toBe('Bearer token-number-1');
    vi.advanceTimersByTime(1);
    expect(await authorization()).toBe('Bearer token-number-2');
  });

  it('do not depend on the clock of this machine', async () => {
    const { authorization } = signIn(hour);
    await authorization();
    vi.setSystemTime(Date.now() + 10 * hour);
    expect(await authorization()).toBe('Bearer token-number-1');
  });

  it('are renewed by a new credential when the target refuses one that is not fresh', async () => {
    const { authorization, made } = signIn(hour);
    const first = (await authorization()) ?? '';
    expect(await authorization.renewed?.(first)).toBeUndefined();
    vi.advanceTimersByTime(hour / 5);
    const both = await Promise.all([authorization.renewed?.(first), authorization.renewed?.(first)]);
    expect(both).toEqual(['Bearer token-number-2', 'Bearer token-number-2']);
    expect(made()).toBe(2);
    expect(await authorization()).toBe('Bearer token-number-2');
  });

  it('are asked for again after a failure', async () => {
    let failure: Error | undefined = new Error('connect ECONNREFUSED 127.0.0.1:1');
    const { authorization } = signIn(hour, () => failure);
    await expect(authorization()).rejects.toThrow(
      'signing in failed: connect ECONNREFUSED 127.0.0.1:1. The sign-in',
    );
    failure = undefined;
    expect(await authorization()).toBe('Bearer token-number-2');
  });
});

describe('a failed sign-in', () => {
  it.each([
    ['AADSTS7000222: The provided client secret keys are expired.', 'put it in BGOP_SECRET'],
    ['AADSTS700016: Application with identifier was not found', 'check clientId and tenantId'],
    ['AADSTS90002: Tenant not found.', 'Check tenantId'],
    ['AADSTS500011: The resource principal named x was not found', 'asked for was SCOPE'],
    ['getaddrinfo ENOTFOUND login.test', 'cannot be reached'],
    ['self-signed certificate in certificate chain', 'NODE_EXTRA_CA_CERTS'],
    ['something else', 'Check tenantId, clientId, the secret and authority'],
  ])('with "%s" says what to do', (message, wayOut) => {
    const told = signInFailure(new Error(`${message}\nTrace ID: 1`), auth, 'SCOPE');
    expect(told.startsWith(message.replace(/\.$/, ''))).toBe(true);
    expect(told).toContain(wayOut);
    expect(told).not.toContain('Trace ID');
  });
});
