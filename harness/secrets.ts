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
 * Azure SDK reads by itself, and the password of a proxy. A variable that is not set is none.
 */
export function registerSecretsOf({ target }: Config, environment: NodeJS.ProcessEnv = process.env): void {
  const principals = [target.auth, target.otherUserAuth, target.unprivilegedAuth];
  for (const name of [...principals.flatMap(variablesOf), ...azureVariables])
    registerSecret(environment[name] ?? '');
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

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
