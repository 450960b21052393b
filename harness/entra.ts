import type { AccessToken, TokenCredential } from '@azure/identity';
import { uncarriable } from './client/token-shape.ts';
import type { AuthConfig } from './config.ts';
import { maskText, registerSecret } from './mask.ts';
import { signInFailure } from './sign-in-failure.ts';
import { TransportError } from './verdict.ts';

/** Gives the value of `Authorization` for a request; undefined where none is sent. */
export interface Authorization {
  (): Promise<string | undefined>;
  /**
   * Another value after the target has refused one with 401; undefined where none is to be had. Absent
   * where there is only one.
   */
  readonly renewed?: (refused: string) => Promise<string | undefined>;
}

type EntraAuth = Extract<AuthConfig, { kind: 'client-credentials' | 'default-azure-credential' }>;

/** A token is renewed when it has less than this left, so that none expires on its way. */
const renewBeforeMs = 5 * 60_000;
/** How long the sign-in service may take for one token, its retries included. */
const limitMs = 30_000;
/** After it took too long it is not asked again for this long: each request would else wait anew. */
const silentMs = 60_000;
/** The life of a token of which the service says nothing usable, and the shortest that is believed. */
const unknownLifeMs = 5 * 60_000;
const leastLifeMs = 2_000;

/** A token is not renewed for a 401 before this part of its life: who refuses a fresh one refuses any. */
const youth = 0.1;

interface Held {
  readonly value: string;
  readonly gotAt: number;
  readonly lifeMs: number;
}

/**
 * Tokens of Microsoft Entra ID, for a client secret or for whatever credential the machine has. They
 * are kept until shortly before they expire, and renewed once for all that wait. How long they live is
 * counted from when they came, so that the clock of this machine may be wrong.
 *
 * @param makeCredential for tests
 * @throws TransportError when no token comes; its message says what the sign-in service answered and
 * what to do
 */
export function entraTokens(
  auth: EntraAuth,
  secret: string | undefined,
  targetUrl: string,
  makeCredential: typeof credentialOf = credentialOf,
): Authorization {
  const scope = auth.scope ?? `${new URL(targetUrl).origin}/.default`;
  let credential: Promise<TokenCredential> | undefined;
  let token: Promise<Held> | undefined;
  const fetchToken = async (): Promise<Held> => {
    credential ??= makeCredential(auth, secret);
    const gotAt = performance.now();
    const fresh = await inTime(await credential, scope, serviceOf(auth));
    if (fresh === null) throw new Error(`no token for ${scope}`);
    registerSecret(fresh.token);
    const wrong = uncarriable(fresh.token);
    if (wrong !== undefined)
      throw new Error(`no header can carry the token that ${serviceOf(auth)} gave: the value ${wrong}`);
    return { value: `Bearer ${fresh.token}`, gotAt, lifeMs: lifeOf(fresh) };
  };
  const latest = (): Promise<Held> => (token ??= fetchToken());
  const got = async (asked: Promise<Held>): Promise<Held> => {
    try {
      return await asked;
    } catch (error) {
      // Who was silent once would keep every single request waiting.
      const forget = (): void => {
        if (token === asked) token = undefined;
      };
      if (error instanceof TooLate) setTimeout(forget, silentMs).unref();
      else forget();
      throw new TransportError(
        `signing in failed: ${maskText(signInFailure(error, auth, scope))}`,
        [],
        'sign-in',
      );
    }
  };
  const isOld = ({ gotAt, lifeMs }: Held): boolean =>
    // A short-lived token must not be renewed for every request: then half of its life has to do.
    performance.now() >= gotAt + lifeMs - Math.min(renewBeforeMs, lifeMs / 2);
  const authorization = async (): Promise<string> => {
    const asked = latest();
    const held = await got(asked);
    if (!isOld(held)) return held.value;
    // Whoever comes first renews it; the others find the new one already on its way.
    if (token === asked) token = undefined;
    return (await got(latest())).value;
  };
  const renewed = async (refused: string): Promise<string | undefined> => {
    const asked = latest();
    const held = await got(asked);
    if (held.value !== refused) return held.value;
    if (performance.now() - held.gotAt < held.lifeMs * youth) return undefined;
    // The credential keeps what it takes for valid, so that only a new one gets a new token.
    if (token === asked) token = credential = undefined;
    const { value } = await got(latest());
    return value === refused ? undefined : value;
  };
  return Object.assign(authorization, { renewed });
}

/** No token came in time. */
class TooLate extends Error {
  override readonly name = 'TooLate';
}

async function inTime(
  credential: TokenCredential,
  scope: string,
  service: string,
): Promise<AccessToken | null> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TooLate(`${service} gave no token within ${limitMs / 1_000} s`));
      abort.abort();
    }, limitMs);
  });
  try {
    return await Promise.race([credential.getToken(scope, { abortSignal: abort.signal }), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** How long a token lives by what the service says; it may say what cannot be. */
function lifeOf({ expiresOnTimestamp }: AccessToken): number {
  const lifeMs = expiresOnTimestamp - Date.now();
  return lifeMs > 0 && lifeMs < Number.MAX_SAFE_INTEGER ? Math.max(leastLifeMs, lifeMs) : unknownLifeMs;
}

function serviceOf(auth: EntraAuth): string {
  if (auth.kind === 'default-azure-credential')
    return 'the sign-in of this machine (default-azure-credential)';
  return `the sign-in service ${new URL(auth.authority ?? 'https://login.microsoftonline.com').host}`;
}

const knownAuthorities = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
]);

async function credentialOf(auth: EntraAuth, secret: string | undefined): Promise<TokenCredential> {
  // Loaded late: most targets need none of it, and it is large.
  const { ClientSecretCredential, DefaultAzureCredential } = await import('@azure/identity');
  if (auth.kind === 'default-azure-credential') return new DefaultAzureCredential();
  const { authority } = auth;
  return new ClientSecretCredential(auth.tenantId, auth.clientId, secret ?? '', {
    ...(authority === undefined ? {} : { authorityHost: authority }),
    // Only Microsoft's own clouds are known to its directory of clouds.
    disableInstanceDiscovery: authority !== undefined && !knownAuthorities.has(new URL(authority).host),
  });
}
