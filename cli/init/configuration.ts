import { authOf, clockOf, targetKindOf, probeOf, variables, type InitOptions } from './options.ts';

/** A configuration as it is written to a file; still to be checked. */
export interface WrittenConfiguration {
  readonly target: Readonly<Record<string, unknown>>;
  readonly listener?: Readonly<Record<string, unknown>>;
}

/** The configuration that was described. Secrets are in it as names of environment variables only. */
export function configurationOf(options: InitOptions): WrittenConfiguration {
  const { publicUrl, listenerPort: port } = options;
  const listener = defined({ port, publicUrl });
  return {
    target: targetOf(options),
    ...(Object.keys(listener).length === 0 ? {} : { listener }),
  };
}

/** The environment variables that hold secrets of a configuration. */
export function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    /^(?:tokenEnv|clientSecretEnv)$/.test(key) && typeof inner === 'string' ? [inner] : secretsIn(inner),
  );
}

function targetOf(options: InitOptions): Record<string, unknown> {
  const kind = targetKindOf(options);
  // The embedded simulator offers everything, and by default uses it.
  if (kind === 'simulator') return defined({ name: options.name, kind });
  const place =
    kind === 'url'
      ? { url: options.url }
      : { image: options.image, port: options.containerPort, waitFor: options.waitFor };
  return defined({
    name: options.name,
    kind,
    ...place,
    auth: initiator(options),
    otherUserAuth: other(options),
    unprivilegedAuth: unprivileged(options),
    probe: probe(options),
    clock: clockOf(options) === 'virtual' ? { kind: 'virtual', url: options.clockUrl } : { kind: 'real' },
    callbacks: options.callbacks !== 'no',
    events: options.events === undefined || options.events === 'none' ? undefined : { kind: options.events },
    table: options.table !== 'no',
    sdk: options.sdk === 'yes',
  });
}

function initiator(options: InitOptions): Record<string, unknown> {
  const { scope, authority, tokenEnv = variables.token, clientSecretEnv = variables.secret } = options;
  const kind = authOf(options);
  switch (kind) {
    case 'none':
      return { kind };
    case 'bearer':
      return { kind, tokenEnv };
    case 'client-credentials':
      return defined({
        kind,
        tenantId: options.tenantId,
        clientId: options.clientId,
        clientSecretEnv,
        scope,
        authority,
      });
    case 'default-azure-credential':
      return defined({ kind, scope });
    case 'simulator-user':
      return { kind, user: 'initiator' };
  }
}

function other(options: InitOptions): Record<string, unknown> | undefined {
  if (authOf(options) === 'simulator-user') return { kind: 'simulator-user', user: 'other' };
  const { otherTokenEnv: tokenEnv, otherClientId: clientId } = options;
  const { otherClientSecretEnv: clientSecretEnv = variables.otherSecret } = options;
  return furtherPrincipal(options, { tokenEnv, clientId, clientSecretEnv });
}

function unprivileged(options: InitOptions): Record<string, unknown> | undefined {
  if (authOf(options) === 'simulator-user') return { kind: 'simulator-user', user: 'unprivileged' };
  const { unprivilegedTokenEnv: tokenEnv, unprivilegedClientId: clientId } = options;
  const { unprivilegedClientSecretEnv: clientSecretEnv = variables.unprivilegedSecret } = options;
  return furtherPrincipal(options, { tokenEnv, clientId, clientSecretEnv });
}

/** Another principal of the same directory; undefined where none was told. */
function furtherPrincipal(
  { tenantId, scope, authority }: InitOptions,
  {
    tokenEnv,
    clientId,
    clientSecretEnv,
  }: { tokenEnv: string | undefined; clientId: string | undefined; clientSecretEnv: string },
): Record<string, unknown> | undefined {
  if (clientId !== undefined) {
    return defined({ kind: 'client-credentials', tenantId, clientId, clientSecretEnv, scope, authority });
  }
  return tokenEnv === undefined ? undefined : { kind: 'bearer', tokenEnv };
}

function probe(options: InitOptions): Record<string, unknown> {
  const { customApi, displayName, succeeds, fails } = options;
  if (probeOf(options) === 'control') return defined({ kind: 'control', customApi, displayName });
  return defined({
    kind: 'fixed',
    succeeds: { name: succeeds, body: {}, outputs: {} },
    fails: fails === undefined ? undefined : { name: fails, body: {} },
  });
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
