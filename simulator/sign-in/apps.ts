import type { User } from '../situation.ts';

/** An application that may sign in with a secret, and the user that it is in the organization. */
export interface AppRegistration {
  readonly clientId: string;
  readonly secret: string;
  /** systemuserid of its application user. */
  readonly userId: string;
}

/** How the sign-in service issues tokens; every member has a default. */
export interface SignInOptions {
  /** By default one a user: its id is the user's, its secret `secret-` and the user's token without `token-`. */
  readonly apps?: readonly AppRegistration[];
  /** Seconds for which an access token is accepted. Default: 3,600. */
  readonly lifetimeSeconds?: number;
  /**
   * Whose clock tokens age by. Default: `machine`, as clients count; `simulator`: a virtual clock lets them
   * expire.
   */
  readonly clock?: 'machine' | 'simulator';
  /**
   * Resources that are the organization's besides the origin at which it is asked, such as
   * `https://contoso.crm.dynamics.com`: tokens for them are taken, for any others not. `any` takes all.
   */
  readonly resources?: readonly string[];
  /** Whether users consent by themselves: device codes and authorization codes need nobody. Default: true. */
  readonly autoConsent?: boolean;
}

/** The applications of users who were given none. */
export function appsOf(users: readonly User[]): AppRegistration[] {
  return users.map(({ id, token }) => ({
    clientId: id,
    secret: `secret-${token.replace(/^token-/, '')}`,
    userId: id,
  }));
}
