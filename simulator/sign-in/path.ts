/** The endpoints of the sign-in service, below the tenant. */
export type SignInEndpoint =
  'configuration' | 'keys' | 'token' | 'device-code' | 'authorize' | 'instance-discovery' | 'log-out';

const endpoints: Readonly<Record<string, SignInEndpoint>> = {
  '.well-known/openid-configuration': 'configuration',
  'v2.0/.well-known/openid-configuration': 'configuration',
  'discovery/keys': 'keys',
  'discovery/v2.0/keys': 'keys',
  'discovery/instance': 'instance-discovery',
  'oauth2/token': 'token',
  'oauth2/v2.0/token': 'token',
  'oauth2/devicecode': 'device-code',
  'oauth2/v2.0/devicecode': 'device-code',
  'oauth2/authorize': 'authorize',
  'oauth2/v2.0/authorize': 'authorize',
  'oauth2/v2.0/logout': 'log-out',
};

/** The endpoint that a path leads to, and the tenant that it names; undefined for any other path. */
export function signInRoute(
  path: string,
): { readonly endpoint: SignInEndpoint; readonly tenant: string } | undefined {
  const [, tenant = '', rest = ''] = /^\/([\w.-]{1,100})\/(.*)$/.exec(path) ?? [];
  const endpoint = Object.hasOwn(endpoints, rest) ? endpoints[rest] : undefined;
  return endpoint === undefined ? undefined : { endpoint, tenant };
}

/** Whether clients post forms to a path, as OAuth has it. */
export function takesForms(path: string): boolean {
  const endpoint =
    path.endsWith('token') || path.endsWith('devicecode') ? signInRoute(path)?.endpoint : undefined;
  return endpoint === 'token' || endpoint === 'device-code';
}
