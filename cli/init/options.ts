/** What `bgop init` is told: by options, or by answers. Whatever is absent has its default. */
export interface InitOptions {
  readonly kind?: 'simulator' | 'url' | 'container';
  readonly name?: string;
  readonly url?: string;
  readonly image?: string;
  readonly containerPort?: number;
  readonly waitFor?: string;
  readonly auth?: AuthKind;
  readonly tokenEnv?: string;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly clientSecretEnv?: string;
  readonly scope?: string;
  readonly authority?: string;
  readonly otherTokenEnv?: string;
  readonly otherClientId?: string;
  readonly otherClientSecretEnv?: string;
  readonly unprivilegedTokenEnv?: string;
  readonly unprivilegedClientId?: string;
  readonly unprivilegedClientSecretEnv?: string;
  readonly probe?: 'control' | 'fixed';
  readonly customApi?: string;
  readonly displayName?: string;
  readonly succeeds?: string;
  readonly fails?: string;
  readonly clock?: 'real' | 'virtual';
  readonly clockUrl?: string;
  readonly callbacks?: YesNo;
  readonly events?: 'none' | 'webhook-step' | 'preregistered' | 'callback-registration';
  readonly table?: YesNo;
  readonly sdk?: YesNo;
  readonly publicUrl?: string;
  readonly listenerPort?: number;
}

/** The ways to sign in. */
export const authKinds = [
  'none',
  'bearer',
  'client-credentials',
  'default-azure-credential',
  'simulator-user',
] as const;

/** A way to sign in. */
export type AuthKind = (typeof authKinds)[number];
/** An answer that is kept apart from no answer. */
export type YesNo = 'yes' | 'no';

/** Names of environment variables that are proposed; of the initiator and of the others. */
export const variables = {
  token: 'BGOP_TOKEN',
  otherToken: 'BGOP_TOKEN_OTHER',
  unprivilegedToken: 'BGOP_TOKEN_UNPRIVILEGED',
  secret: 'BGOP_CLIENT_SECRET',
  otherSecret: 'BGOP_CLIENT_SECRET_OTHER',
  unprivilegedSecret: 'BGOP_CLIENT_SECRET_UNPRIVILEGED',
} as const;

/** The kind of target: as told, or as another option makes plain. */
export function targetKindOf({ kind, url, image }: InitOptions): NonNullable<InitOptions['kind']> {
  return kind ?? (url !== undefined ? 'url' : image !== undefined ? 'container' : 'simulator');
}

/** The way to sign in: as told, or as another option makes plain. */
export function authOf({ auth, tokenEnv, clientId }: InitOptions): AuthKind {
  if (auth !== undefined) return auth;
  return tokenEnv !== undefined ? 'bearer' : clientId !== undefined ? 'client-credentials' : 'none';
}

/** The kind of probe: as told, or as another option makes plain. */
export function probeOf({ probe, succeeds }: InitOptions): 'control' | 'fixed' {
  return probe ?? (succeeds === undefined ? 'control' : 'fixed');
}

/** The clock: as told, or as another option makes plain. */
export function clockOf({ clock, clockUrl }: InitOptions): 'real' | 'virtual' {
  return clock ?? (clockUrl === undefined ? 'real' : 'virtual');
}

/** What a configuration cannot do without and has no default for: the options that are still missing. */
export function missingOptions(options: InitOptions): string[] {
  const kind = targetKindOf(options);
  if (kind === 'simulator') return [];
  const needed: [boolean, string, unknown][] = [
    [kind === 'url', '--url', options.url],
    [kind === 'container', '--image', options.image],
    [kind === 'container', '--container-port', options.containerPort],
    [authOf(options) === 'client-credentials', '--tenant-id', options.tenantId],
    [authOf(options) === 'client-credentials', '--client-id', options.clientId],
    [probeOf(options) === 'fixed', '--succeeds', options.succeeds],
    [clockOf(options) === 'virtual', '--clock-url', options.clockUrl],
    [options.publicUrl !== undefined, '--listener-port', options.listenerPort],
  ];
  return needed.flatMap(([wanted, name, value]) => (wanted && value === undefined ? [name] : []));
}

/** Options that mean nothing for the kind of target that is chosen, as they are written. */
export function needlessOptions(options: InitOptions): string[] {
  if (targetKindOf(options) !== 'simulator') return [];
  return Object.keys(options)
    .filter((name) => name !== 'kind' && name !== 'name')
    .map((name) => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
}
