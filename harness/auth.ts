import type { AuthConfig, ClockConfig } from './config.ts';
import { entraTokens, type Authorization } from './entra.ts';
import { looksLikeName, uncarriable } from './client/token-shape.ts';
import { registerSecret } from './mask.ts';
import { TransportError } from './verdict.ts';

export type { Authorization } from './entra.ts';

/** Who a request is made as. */
export type Principal = 'initiator' | 'other' | 'unprivileged' | 'anonymous';

/** The built-in simulator's users; the tokens are public and open nothing else. */
const simulatorTokens = {
  initiator: 'token-initiator',
  other: 'token-other',
  unprivileged: 'token-unprivileged',
} as const;

/** A secret that the configuration names is missing. The message says which variable to set. */
class MissingSecret extends Error {
  override readonly name = 'MissingSecret';
}

/** Makes the authorization of one principal; secrets are read from the environment here and nowhere else. */
export function authorizationOf(
  auth: AuthConfig,
  targetUrl: string,
  environment: NodeJS.ProcessEnv = process.env,
): Authorization {
  switch (auth.kind) {
    case 'none':
      return () => Promise.resolve(undefined);
    case 'simulator-user':
      if (auth.token !== undefined) registerSecret(auth.token);
      return () => Promise.resolve(`Bearer ${auth.token ?? simulatorTokens[auth.user]}`);
    case 'bearer': {
      const token = secretOf(auth.tokenEnv, environment, 'tokenEnv');
      const wrong = uncarriable(token);
      if (wrong !== undefined)
        throw new MissingSecret(
          `tokenEnv: no header can carry the token in ${auth.tokenEnv}: the value ${wrong}. Put the token alone there, as the sign-in service gave it.`,
        );
      const expiresAt = expiryOf(token);
      return () =>
        Date.now() < expiresAt
          ? Promise.resolve(`Bearer ${token}`)
          : Promise.reject(expired(auth.tokenEnv, expiresAt));
    }
    case 'client-credentials': {
      const secret = secretOf(auth.clientSecretEnv, environment, 'clientSecretEnv');
      return entraTokens(auth, secret, targetUrl);
    }
    case 'default-azure-credential':
      return entraTokens(auth, undefined, targetUrl);
  }
}

/** What the requests of a virtual clock show; undefined for nothing. The secret is read from the environment. */
export function clockAuthorization(
  clock: ClockConfig,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (clock.kind === 'real') return undefined;
  const token =
    clock.tokenEnv === undefined
      ? clock.token
      : secretOf(clock.tokenEnv, environment, 'target.clock.tokenEnv');
  if (token === undefined) return undefined;
  registerSecret(token);
  return `Bearer ${token}`;
}

/** When a JSON Web Token expires, epoch milliseconds; never, as far as anybody can tell, for any other token. */
function expiryOf(token: string): number {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      exp?: unknown;
    };
    return typeof claims.exp === 'number' ? claims.exp * 1_000 : Infinity;
  } catch {
    return Infinity;
  }
}

function expired(variable: string, at: number): TransportError {
  return new TransportError(
    `the token in ${variable} expired at ${new Date(at).toISOString()}. Put a fresh one there, or let the suite renew it by itself: "auth": {"kind":"client-credentials", …}.`,
    [],
    'sign-in',
  );
}

/**
 * Reads a secret and makes it known to the mask.
 *
 * @param key of the configuration that names the variable
 */
function secretOf(
  variable: string,
  environment: NodeJS.ProcessEnv,
  key: 'tokenEnv' | 'clientSecretEnv' | 'target.clock.tokenEnv',
): string {
  const value = environment[variable];
  if (value === undefined || value === '') {
    const named = looksLikeName(variable)
      ? `The environment variable ${variable} is not set`
      : 'No environment variable of that name is set (it is not repeated here, since it looks like a secret itself)';
    throw new MissingSecret(
      `${key}: ${named}; the configuration expects the name of one that holds the secret there.`,
    );
  }
  registerSecret(value);
  return value;
}
