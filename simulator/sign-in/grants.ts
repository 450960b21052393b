import type { User } from '../situation.ts';
import type { AppRegistration } from './apps.ts';
import { issuerOf } from './discovery.ts';
import { LimitedMap } from './limited-map.ts';
import { OAuthError } from './oauth-error.ts';
import type { Grant } from './tokens.ts';

/** A form that a client posts, and where. */
export interface Form {
  readonly fields: URLSearchParams;
  /** Of `Authorization: Basic`, where a client sends its secret so. */
  readonly basic: { readonly id: string; readonly secret: string } | undefined;
  readonly origin: string;
  readonly tenant: string;
}

/** What a code of the authorization endpoint was issued for. */
interface Authorized {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly challenge: string | undefined;
  readonly method: string;
}

/** Milliseconds for which codes can be redeemed, and refresh tokens. */
const codeMs = 600_000;
const deviceCodeMs = 900_000;
const refreshMs = 90 * 86_400_000;
const mostCodes = 1_000;

/** Remembers what was granted but not redeemed, and redeems it. */
export class Grants {
  readonly #apps: readonly AppRegistration[];
  readonly #users: readonly User[];
  readonly #now: () => number;
  readonly #codes = new LimitedMap<Authorized>(mostCodes);
  readonly #devices = new LimitedMap<Grant>(mostCodes);
  readonly #refresh = new LimitedMap<Grant>(mostCodes);

  constructor(apps: readonly AppRegistration[], users: readonly User[], now: () => number) {
    this.#apps = apps;
    this.#users = users;
    this.#now = now;
  }

  /** What the request at the token endpoint is granted; throws an {@link OAuthError}. */
  async redeem(form: Form): Promise<Grant> {
    const type = required(form, 'grant_type');
    switch (type) {
      case 'client_credentials':
        return this.#ofApp(form);
      case 'authorization_code':
        return this.#ofCode(form);
      case 'refresh_token':
        return this.#ofRefreshToken(form);
      case 'urn:ietf:params:oauth:grant-type:device_code':
      // What MSAL still sends.
      case 'device_code':
        return this.#ofDevice(form);
      default:
        throw new OAuthError(
          'unsupported_grant_type',
          70003,
          `The app requested an unsupported grant type '${type.slice(0, 100)}'.`,
        );
    }
  }

  /** The grant of a user who signs in interactively: the one whose id is hinted at, else the first. */
  interactive(form: Form): Grant {
    const hint = form.fields.get('login_hint')?.toLowerCase();
    const user = this.#users.find(({ id, objectId }) => hint === id || hint === objectId) ?? this.#users[0];
    if (user === undefined) throw new OAuthError('access_denied', 50105, 'The simulator has no users.');
    const scope = form.fields.get('scope') ?? resourceWanted(form) ?? required(form, 'scope');
    const nonce = form.fields.get('nonce') ?? undefined;
    return { ...place(form, scope), user, clientId: required(form, 'client_id'), appOnly: false, nonce };
  }

  /** A code for the authorization endpoint. */
  code(authorized: Authorized): string {
    const code = secretText();
    this.#codes.set(code, authorized, this.#now() + codeMs);
    return code;
  }

  /** A code for a device. */
  deviceCode(grant: Grant): { readonly code: string; readonly expiresIn: number } {
    const code = secretText();
    this.#devices.set(code, grant, this.#now() + deviceCodeMs);
    return { code, expiresIn: deviceCodeMs / 1_000 };
  }

  /** A refresh token. */
  refreshToken(grant: Grant): string {
    const token = secretText();
    this.#refresh.set(token, { ...grant, nonce: undefined }, this.#now() + refreshMs);
    return token;
  }

  #ofApp(form: Form): Grant {
    const clientId = form.basic?.id ?? required(form, 'client_id');
    const secret = form.basic?.secret ?? required(form, 'client_secret');
    const scope = form.fields.get('scope') ?? resourceWanted(form);
    if (scope === undefined) throw missing('scope');
    const app = this.#apps.find((each) => each.clientId === clientId.toLowerCase());
    if (app === undefined) {
      const message = `Application with identifier '${clientId.slice(0, 100)}' was not found. The simulator knows: ${this.#apps.map((each) => each.clientId).join(', ')}.`;
      throw new OAuthError('unauthorized_client', 700016, message);
    }
    if (app.secret !== secret) {
      throw new OAuthError('invalid_client', 7000215, 'Invalid client secret provided.', 401);
    }
    const user = this.#users.find(({ id }) => id === app.userId);
    if (user === undefined)
      throw new OAuthError('unauthorized_client', 700016, 'The application has no user here.');
    if (form.fields.has('scope') && !/^\S+\/\.default$/.test(scope)) {
      const message = `The provided value for scope ${scope.slice(0, 100)} is not valid: client credentials need a resource followed by /.default.`;
      throw new OAuthError('invalid_scope', 1002012, message);
    }
    return { ...place(form, scope), user, clientId: app.clientId, appOnly: true };
  }

  async #ofCode(form: Form): Promise<Grant> {
    const authorized = this.#codes.take(required(form, 'code'), this.#now());
    if (authorized === undefined)
      throw new OAuthError(
        'invalid_grant',
        70008,
        'The authorization code has expired or was redeemed already.',
      );
    const { grant, redirectUri, challenge, method } = authorized;
    if (form.fields.get('redirect_uri') !== redirectUri) {
      throw new OAuthError(
        'invalid_grant',
        500112,
        'The reply address is not the one that the code was asked for with.',
      );
    }
    if (challenge !== undefined) {
      const verifier = required(form, 'code_verifier');
      const made = method === 'plain' ? verifier : await sha256(verifier);
      if (made !== challenge)
        throw new OAuthError('invalid_grant', 501481, 'The code_verifier does not match the code_challenge.');
    }
    return this.#sameClient(form, grant);
  }

  #ofDevice(form: Form): Grant {
    const code = form.fields.get('code') ?? required(form, 'device_code');
    const grant = this.#devices.take(code, this.#now());
    if (grant === undefined)
      throw new OAuthError('expired_token', 70020, 'The device code has expired or was redeemed already.');
    return this.#sameClient(form, grant);
  }

  #ofRefreshToken(form: Form): Grant {
    const grant = this.#refresh.get(required(form, 'refresh_token'), this.#now());
    if (grant === undefined)
      throw new OAuthError('invalid_grant', 700082, 'The refresh token has expired or is unknown.');
    const scope = form.fields.get('scope');
    const again = scope === null ? grant : { ...grant, ...place(form, scope) };
    return this.#sameClient(form, again);
  }

  /** A client that has a secret has to show it here, too. */
  #sameClient(form: Form, grant: Grant): Grant {
    const clientId = form.basic?.id ?? required(form, 'client_id');
    if (clientId !== grant.clientId)
      throw new OAuthError('invalid_grant', 700005, 'The code or token was issued to another client.');
    const secret = form.basic?.secret ?? form.fields.get('client_secret');
    const app = this.#apps.find((each) => each.clientId === clientId);
    if (secret !== null && app?.secret !== secret) {
      throw new OAuthError('invalid_client', 7000215, 'Invalid client secret provided.', 401);
    }
    return grant;
  }
}

/** What version 1 of the endpoints has in place of scopes: a resource by itself. */
export function resourceWanted({ fields }: Form): string | undefined {
  return fields.get('resource') ?? undefined;
}

function place({ origin, tenant }: Form, scope: string) {
  return { audience: audienceOf(scope, origin), tenant, issuer: issuerOf(origin, tenant), scope };
}

/** The resource of scopes such as `https://contoso.crm.dynamics.com/.default`; the simulator where they name none. */
function audienceOf(scope: string, origin: string): string {
  const [, resource] = /(?:^| )([a-z][a-z0-9+.-]*:\/\/[^/ ]+)/i.exec(scope) ?? [];
  return resource ?? origin;
}

function required({ fields }: Form, name: string): string {
  const value = fields.get(name);
  if (value === null || value === '') throw missing(name);
  return value;
}

function missing(name: string): OAuthError {
  return new OAuthError(
    'invalid_request',
    900144,
    `The request body must contain the following parameter: '${name}'.`,
  );
}

function secretText(): string {
  return `${crypto.randomUUID()}${crypto.randomUUID()}`.replaceAll('-', '');
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const { base64url } = await import('jose');
  return base64url.encode(new Uint8Array(digest));
}
