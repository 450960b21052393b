import type { AuthConfig } from './config.ts';
import { excerpt } from './mask/excerpt.ts';

type EntraAuth = Extract<AuthConfig, { kind: 'client-credentials' | 'default-azure-credential' }>;

/** What to do about each error of the sign-in service that has a known cause. */
const advice: readonly (readonly [RegExp, (auth: EntraAuth, scope: string) => string])[] = [
  [
    /AADSTS7000215|invalid_client/,
    (auth) =>
      `Put the value of the secret (not its id) in ${secretOf(auth)}, and check that it belongs to the application in clientId.`,
  ],
  [/AADSTS7000222/, (auth) => `The secret has expired: make a new one and put it in ${secretOf(auth)}.`],
  [
    /AADSTS700016|unauthorized_client/,
    () => 'The directory does not know the application: check clientId and tenantId.',
  ],
  [
    /AADSTS90002|AADSTS900023|tenant.*not found/i,
    () => 'Check tenantId, and authority for a sovereign cloud.',
  ],
  [
    /AADSTS500011|AADSTS70011|AADSTS1002012|invalid_scope|invalid_resource/,
    (_auth, scope) => `Check the scope: asked for was ${scope}.`,
  ],
  [
    /gave no token within/,
    () => 'It is silent or throttles: look at it, the network and the proxy, and run again later.',
  ],
  [/no header can carry/, () => 'Is authority the address of a sign-in service?'],
  [
    /certificate|CERT_|SELF_SIGNED|ALTNAME/i,
    () => 'Its certificate is not trusted: name its authority in NODE_EXTRA_CA_CERTS.',
  ],
  [
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|endpoints_resolution|network_error|openid_config/i,
    () => 'The sign-in service cannot be reached: check authority, the network and HTTPS_PROXY / NO_PROXY.',
  ],
  [
    /CredentialUnavailable|DefaultAzureCredential/,
    () =>
      'No credential of this machine works: sign in with `az login`, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.',
  ],
];

/**
 * Why there is no token, in one or two sentences: what the sign-in service said, and what to do. Secrets
 * that it repeats are masked.
 */
export function signInFailure(error: unknown, auth: EntraAuth, scope: string): string {
  const told = saidBy(error);
  const known = advice.find(([pattern]) => pattern.test(told));
  const wayOut = known?.[1](auth, scope) ?? 'Check tenantId, clientId, the secret and authority.';
  const first = told.split(/\r?\n/, 1)[0]?.trim() ?? '';
  return `${excerpt(first.replace(/\.$/, ''), 400)}. ${wayOut}`;
}

/** How the library wraps what the service said: code, numbers, time, the description, ids. */
const wrapping = /(\w+): Error\(s\): .*? - Description: (.*?)(?: Trace ID:| - Correlation ID:)/;

/** The error with its causes and what the service said itself, without the library's own words before it. */
function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const response = (error as { errorResponse?: { error?: string; errorDescription?: string } }).errorResponse;
  if (response?.errorDescription !== undefined)
    return `${response.error ?? 'error'}: ${response.errorDescription}`;
  const [first = ''] = error.message.split(/\r?\n/, 1);
  const wrapped = wrapping.exec(first);
  if (wrapped !== null) return `${wrapped[1] ?? ''}: ${wrapped[2] ?? ''}`;
  const code =
    'code' in error && typeof error.code === 'string' && !first.includes(error.code)
      ? ` [${error.code}]`
      : '';
  const cause = error.cause === undefined ? '' : saidBy(error.cause);
  return `${first}${code}${cause === '' || first.includes(cause) ? '' : ` (${cause})`}`;
}

function secretOf(auth: EntraAuth): string {
  return auth.kind === 'client-credentials' ? auth.clientSecretEnv : 'AZURE_CLIENT_SECRET';
}
