import { looksLikeName } from './client/token-shape.ts';
import type { AuthConfig, ClockConfig } from './config/target-schema.ts';
import type { Config } from './config/types.ts';
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
  const principals = [target.auth, target.otherUserAuth, target.unprivilegedAuth, target.clock];
  for (const name of principals.flatMap(variablesOf)) {
    registerSecret(environment[name] ?? '');
    if (environment[name] === undefined && !looksLikeName(name)) registerSecret(name);
  }
  if (target.clock.kind === 'virtual') registerSecret(target.clock.token ?? '');
  if (target.kind === 'container')
    for (const [name, value] of Object.entries(target.env)) if (secretName.test(name)) registerSecret(value);
  registerSecretsInAddresses(config);
  for (const name of azureVariables) registerSecret(environment[name] ?? '');
  for (const name of proxyVariables) registerSecretsInAddress(environment[name] ?? '');
}

/** Makes known what is secret in the addresses of a configuration, wherever they stand in it, however deep. */
export function registerSecretsInAddresses(configuration: unknown): void {
  const seen = new Set<unknown>();
  const left = [configuration];
  while (left.length > 0) {
    const part = left.pop();
    if (typeof part === 'string') registerSecretsInAddress(part);
    else if (typeof part === 'object' && part !== null && !seen.has(part)) {
      seen.add(part);
      for (const value of Object.values(part)) left.push(value);
    }
  }
}

/** Names of parameters and variables whose values are secret. */
const secretName =
  /sig|token|code|key|secret|passw|passphrase|pass(?![a-z])|pwd|(?<![a-z])pw(?![a-z])|sas|auth|credential|assertion/i;

/** The password and the values of secret parameters, in the address and decoded. */
function registerSecretsInAddress(address: string): void {
  const password = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@:]*:([^/?#]*)@/i.exec(address)?.[1] ?? '';
  const query = /\?([^#]*)/.exec(address)?.[1] ?? '';
  const values = query.split(/[&;]/).flatMap((parameter) => {
    const equals = parameter.indexOf('=');
    return equals > 0 && secretName.test(parameter.slice(0, equals)) ? [parameter.slice(equals + 1)] : [];
  });
  for (const value of [password, ...values]) {
    registerSecret(value);
    registerSecret(decoded(value));
  }
}

function variablesOf(auth: AuthConfig | ClockConfig | undefined): string[] {
  if (auth?.kind === 'virtual') return auth.tokenEnv === undefined ? [] : [auth.tokenEnv];
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
