import type { CryptoKey, JWK } from 'jose';
import type { User } from '../situation.ts';
import type { ForeignToken } from './audience.ts';
import { isMeantFor } from './audience.ts';
import { LimitedMap } from './limited-map.ts';

/** Who signed in, by which application and for what. */
export interface Grant {
  readonly user: User;
  readonly clientId: string;
  /** The resource that the token is for, e.g. `https://contoso.crm.dynamics.com`. */
  readonly audience: string;
  readonly tenant: string;
  readonly issuer: string;
  /** Scopes as they were asked for. */
  readonly scope: string;
  /** Of an application that signed in by itself. */
  readonly appOnly: boolean;
  readonly nonce?: string | undefined;
}

interface Keys {
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** Tokens that are accepted at the same time; the oldest goes. */
const mostTokens = 10_000;

/** Issues tokens that are signed with a key of this process, and knows those that it issued. */
export class Tokens {
  readonly #issued = new LimitedMap<Pick<Grant, 'user' | 'audience'>>(mostTokens);
  readonly #now: () => number;
  readonly #lifetimeSeconds: number;
  readonly #resources: readonly string[];
  #keys: Promise<Keys> | undefined;

  /**
   * @param now milliseconds; what tokens age by
   * @param resources that are the organization's besides its origin
   */
  constructor(now: () => number, lifetimeSeconds: number, resources: readonly string[]) {
    this.#now = now;
    this.#resources = resources;
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  get lifetimeSeconds(): number {
    return this.#lifetimeSeconds;
  }

  /** The user of a token that was issued here for what is at this origin, and has not expired. */
  userOf(token: string, origin: string): User | ForeignToken | undefined {
    const issued = this.#issued.get(token, this.#now());
    if (issued === undefined) return undefined;
    const { user, audience } = issued;
    return isMeantFor(audience, origin, this.#resources) ? user : { audience };
  }

  /** Public keys, as `jwks_uri` gives them. */
  async jwks(): Promise<{ readonly keys: readonly JWK[] }> {
    const { publicJwk } = await this.#ready();
    return { keys: [publicJwk] };
  }

  async accessToken(grant: Grant): Promise<string> {
    const { user, clientId, audience, appOnly, scope } = grant;
    const token = await this.#sign(grant, audience, {
      appid: clientId,
      azp: clientId,
      ...(appOnly ? { idtyp: 'app' } : { scp: scopesOf(scope) }),
    });
    this.#issued.set(token, { user, audience }, this.#now() + this.#lifetimeSeconds * 1_000);
    return token;
  }

  idToken(grant: Grant): Promise<string> {
    const { clientId, user, nonce } = grant;
    const claims = { preferred_username: `${user.id}@simulator`, name: user.id };
    return this.#sign(grant, clientId, nonce === undefined ? claims : { ...claims, nonce });
  }

  async #sign({ user, tenant, issuer }: Grant, audience: string, claims: object): Promise<string> {
    const { SignJWT } = await import('jose');
    const { privateKey, publicJwk } = await this.#ready();
    const iat = Math.floor(this.#now() / 1_000);
    const oid = user.objectId ?? user.id;
    const common = { oid, tid: tenant, ver: '2.0', uti: crypto.randomUUID() };
    return new SignJWT({ ...common, ...claims })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: publicJwk.kid ?? '' })
      .setIssuer(issuer)
      .setSubject(oid)
      .setAudience(audience)
      .setIssuedAt(iat)
      .setNotBefore(iat)
      .setExpirationTime(iat + this.#lifetimeSeconds)
      .sign(privateKey);
  }

  /** The key is made when it is first needed: that takes as long as the rest of a start. */
  #ready(): Promise<Keys> {
    this.#keys ??= makeKeys();
    return this.#keys;
  }
}

async function makeKeys(): Promise<Keys> {
  const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await import('jose');
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { privateKey, publicJwk: { ...jwk, kid, use: 'sig', alg: 'RS256' } };
}

const identityScopes = new Set(['openid', 'profile', 'offline_access', 'email']);

/** The scopes of the resource, as a token names them. */
function scopesOf(scope: string): string {
  const own = scope.split(' ').filter((each) => each !== '' && !identityScopes.has(each));
  return own.map((each) => each.replace(/^.*\//, '')).join(' ');
}
