import { looksLikeName } from './client/token-shape.ts';
import type { AuthConfig, Config } from './config.ts';
import { registerSecret } from './mask.ts';

/** Environment variables of the Azure SDK whose values are secret. */
const azureVariables = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PASSWORD', 'AZURE_PASSWORD'];
const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

/**
 * Makes the secrets of a run known to the mask of this process: what the configuration names, what the
 * Azure SDK reads by itself, the password of a proxy, and what an address of the configuration is signed
 * with. A variable that is not set is none; its name is one where it looks as if the secret itself had
 * been put there.
 */
export function registerSecretsOf(config: Config, environment: NodeJS.ProcessEnv = process.env): void {
  const { target } = config;
  const principals = [target.auth, target.otherUserAuth, target.unprivilegedAuth];
  for (const name of [...principals.flatMap(variablesOf), ...azureVariables])
    registerSecret(environment[name] ?? (looksLikeName(name) ? '' : name));
  for (const address of addressesIn(config))
    for (const secret of signaturesIn(address)) registerSecret(secret);
  for (const name of proxyVariables) {
    const password = URL.parse(environment[name] ?? '')?.password ?? '';
    registerSecret(password);
    registerSecret(decoded(password));
  }
}

function variablesOf(auth: AuthConfig | undefined): string[] {
  if (auth?.kind === 'bearer') return [auth.tokenEnv];
  return auth?.kind === 'client-credentials' ? [auth.clientSecretEnv] : [];
}

function addressesIn({ target, listener }: Config): string[] {
  return [
    ...(target.kind === 'url' ? [target.url] : []),
    ...(target.clock.kind === 'virtual' ? [target.clock.url] : []),
    ...(listener.publicUrl === null ? [] : [listener.publicUrl]),
  ];
}

/** Values of parameters by which an address opens something: signatures, codes, keys; and its password. */
function signaturesIn(address: string): string[] {
  const url = URL.parse(address, 'http://target.invalid');
  if (url === null) return [];
  const secret = [...url.searchParams].filter(([name]) =>
    /sig|code|key|token|secret|sas|pass|auth/i.test(name),
  );
  return [
    url.password,
    decoded(url.password),
    ...secret.flatMap(([, value]) => [value, encodeURIComponent(value)]),
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
