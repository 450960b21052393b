import type { AccessToken, TokenCredential } from '@azure/identity';
import type { AuthConfig } from './config.ts';
import { registerSecret } from './mask.ts';
import { TransportError } from './verdict.ts';

/** Gives the value of `Authorization` for a request; undefined where none is sent. */
export type Authorization = () => Promise<string | undefined>;

type EntraAuth = Extract<AuthConfig, { kind: 'client-credentials' | 'default-azure-credential' }>;

/** A token is renewed when it has less than this left, so that none expires on its way. */
const renewBeforeMs = 5 * 60_000;

/**
 * Tokens of Microsoft Entra ID, for a client secret or for whatever credential the machine has. They
 * are kept until shortly before they expire, and renewed once for all that wait.
 *
 * @throws TransportError when no token comes; its message says what the sign-in service answered
 */
export function entraTokens(auth: EntraAuth, secret: string | undefined, targetUrl: string): Authorization {
  const scope = auth.scope ?? `${new URL(targetUrl).origin}/.default`;
  let credential: Promise<TokenCredential> | undefined;
  let token: Promise<AccessToken> | undefined;
  let renewAt = Number.POSITIVE_INFINITY;
  const renew = async (): Promise<AccessToken> => {
    credential ??= makeCredential(auth, secret);
    const fresh = await (await credential).getToken(scope);
    if (fresh === null) throw new Error(`no token for ${scope}`);
    registerSecret(fresh.token);
    const lifeMs = fresh.expiresOnTimestamp - Date.now();
    // A short-lived token must not be renewed for every request: then half of its life has to do.
    renewAt = fresh.expiresOnTimestamp - Math.min(renewBeforeMs, lifeMs / 2);
    return fresh;
  };
  return async () => {
    if (token === undefined || Date.now() >= renewAt) {
      renewAt = Number.POSITIVE_INFINITY;
      token = renew();
    }
    try {
      return `Bearer ${(await token).token}`;
    } catch (error) {
      token = undefined;
      throw new TransportError(
        `signing in failed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };
}

const knownAuthorities = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
]);

async function makeCredential(auth: EntraAuth, secret: string | undefined): Promise<TokenCredential> {
  // Loaded late: most targets need none of it, and it is large.
  const { ClientSecretCredential, DefaultAzureCredential } = await import('@azure/identity');
  if (auth.kind === 'default-azure-credential') return new DefaultAzureCredential();
  const { authority } = auth;
  return new ClientSecretCredential(auth.tenantId, auth.clientId, secret ?? '', {
    ...(authority === undefined ? {} : { authorityHost: authority }),
    disableInstanceDiscovery: authority !== undefined && !knownAuthorities.has(new URL(authority).host),
  });
}
