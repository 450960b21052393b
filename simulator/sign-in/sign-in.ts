import type { PlainAnswer, PlainRequest } from '../plain.ts';
import type { User } from '../situation.ts';
import type { SignInOptions } from './apps.ts';
import { appsOf } from './apps.ts';
import type { ForeignToken } from './audience.ts';
import { authorize } from './authorize.ts';
import { instanceDiscovery, openIdConfiguration } from './discovery.ts';
import type { Form } from './grants.ts';
import { Grants, resourceWanted } from './grants.ts';
import { jsonAnswer, OAuthError, oauthErrorAnswer } from './oauth-error.ts';
import type { SignInEndpoint } from './path.ts';
import { signInRoute } from './path.ts';
import type { Grant } from './tokens.ts';
import { Tokens } from './tokens.ts';

/** A sign-in service as clients of Entra ID expect one, beside the Web API. */
export interface SignIn {
  /** Answers a request to one of its endpoints; undefined for any other. */
  readonly handle: (request: PlainRequest) => PlainAnswer | Promise<PlainAnswer> | undefined;
  /** The user of a token that it issued for this origin and that has not expired. */
  readonly userOf: (token: string, origin: string) => User | ForeignToken | undefined;
}

/** Makes the service for these users. `simulatorNow` is the simulator's clock. */
export function createSignIn(
  users: readonly User[],
  options: SignInOptions,
  simulatorNow: () => number,
): SignIn {
  const { apps = appsOf(users), lifetimeSeconds = 3_600, clock = 'machine', autoConsent = true } = options;
  const { resources = [] } = options;
  const now = clock === 'machine' ? Date.now : simulatorNow;
  const tokens = new Tokens(now, lifetimeSeconds, resources);
  const grants = new Grants(apps, users, now);

  async function token(form: Form): Promise<PlainAnswer> {
    const grant = await grants.redeem(form);
    const resource = resourceWanted(form);
    return jsonAnswer({
      token_type: 'Bearer',
      ...(resource === undefined ? lifeOf(grant) : lifeOfVersion1(resource)),
      access_token: await tokens.accessToken(grant),
      ...(grant.appOnly ? {} : await personal(grant, resource !== undefined)),
    });
  }

  function lifeOf({ scope }: Grant): object {
    const { lifetimeSeconds: seconds } = tokens;
    return { scope, expires_in: seconds, ext_expires_in: seconds };
  }

  /** Version 1 writes numbers as texts, and tells when a token begins and ends. */
  function lifeOfVersion1(resource: string): object {
    const seconds = tokens.lifetimeSeconds;
    const from = Math.floor(now() / 1_000);
    return {
      expires_in: String(seconds),
      ext_expires_in: String(seconds),
      expires_on: String(from + seconds),
      not_before: String(from),
      resource,
    };
  }

  /** What a client gets besides for a user who signed in. */
  async function personal(grant: Grant, version1: boolean): Promise<object> {
    const oid = grant.user.objectId ?? grant.user.id;
    const clientInfo = btoa(JSON.stringify({ uid: oid, utid: grant.tenant })).replace(/=+$/, '');
    return {
      id_token: await tokens.idToken(grant),
      client_info: clientInfo,
      ...(version1 || /(?:^| )offline_access(?: |$)/.test(grant.scope)
        ? { refresh_token: grants.refreshToken(grant) }
        : {}),
    };
  }

  function deviceCode(form: Form): PlainAnswer {
    if (!autoConsent) {
      throw new OAuthError(
        'access_denied',
        65004,
        'Nobody can consent: tokens were generated. Use --known-tokens, or a client secret.',
      );
    }
    const { code, expiresIn } = grants.deviceCode(grants.interactive(form));
    const message = 'The simulator has consented by itself: nothing is to be entered anywhere.';
    return jsonAnswer({
      user_code: code.slice(0, 8).toUpperCase(),
      device_code: code,
      ...(resourceWanted(form) === undefined
        ? { verification_uri: `${form.origin}/`, expires_in: expiresIn, interval: 1 }
        : { verification_url: `${form.origin}/`, expires_in: String(expiresIn), interval: '1' }),
      message,
    });
  }

  function answer(endpoint: SignInEndpoint, request: PlainRequest, tenant: string) {
    const { origin, query, body } = request;
    switch (endpoint) {
      case 'configuration':
        return jsonAnswer(openIdConfiguration(origin, tenant));
      case 'instance-discovery':
        return jsonAnswer(instanceDiscovery(origin, tenant));
      case 'keys':
        return tokens.jwks().then((keys) => jsonAnswer(keys));
      case 'authorize':
        return authorize(grants, formOf(query, request, tenant), autoConsent);
      case 'token':
        return token(formOf(body, request, tenant));
      case 'device-code':
        return deviceCode(formOf(body, request, tenant));
      case 'log-out':
        return jsonAnswer({ signedOut: true });
    }
  }

  const refused = (error: unknown): PlainAnswer => {
    if (error instanceof OAuthError) return oauthErrorAnswer(error, now());
    throw error;
  };
  return {
    userOf: (text, origin) => tokens.userOf(text, origin),
    handle(request) {
      const route = signInRoute(request.path);
      if (route === undefined) return undefined;
      const { endpoint, tenant } = route;
      const posted = endpoint === 'token' || endpoint === 'device-code';
      if (request.method !== (posted ? 'POST' : 'GET')) {
        return refused(
          new OAuthError(
            'invalid_request',
            900561,
            `The endpoint only accepts ${posted ? 'POST' : 'GET'} requests.`,
            405,
          ),
        );
      }
      try {
        const answered = answer(endpoint, request, tenant);
        return answered instanceof Promise ? answered.catch(refused) : answered;
      } catch (error) {
        return refused(error);
      }
    },
  };
}

/** Characters of a form or query; what they ask for is kept for as long as it is granted. */
const longestForm = 8_192;

/** @throws OAuthError for a form that is too long */
function formOf(text: string, { headers, origin }: PlainRequest, tenant: string): Form {
  if (text.length > longestForm) {
    const message = `The request is longer than ${longestForm} characters.`;
    throw new OAuthError('invalid_request', 90015, message);
  }
  return { fields: new URLSearchParams(text), basic: basicOf(headers.authorization), origin, tenant };
}

/** Client id and secret of `Authorization: Basic` (RFC 6749, 2.3.1: each is form-encoded first). */
function basicOf(authorization: string | undefined): Form['basic'] {
  const [, encoded] = /^Basic +([\w+/=-]+) *$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  try {
    const [id = '', ...secret] = atob(encoded).split(':');
    const plain = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
    return { id: plain(id), secret: plain(secret.join(':')) };
  } catch {
    return undefined;
  }
}
