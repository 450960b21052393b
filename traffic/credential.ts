import { headers as names } from '../contract/vocabulary.ts';
import type { HeaderFields } from '../record/evidence.ts';
import { isRecord } from './readers/values.ts';
import { safelyDecoded } from './resource.ts';

/** The scheme and the secret of `Authorization`; undefined without that field. */
export function authorizationIn(
  headers: HeaderFields,
): { readonly scheme: string; readonly secret: string } | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  if (value === undefined) return undefined;
  // `Bearer Bearer …` is a scheme that was put there twice.
  const [, scheme = '', secret = ''] = /^(?:((?:bearer\s+)+bearer|\S+)\s+)?(.*)$/is.exec(value.trim()) ?? [];
  return { scheme, secret };
}

/** The secret of `Authorization` without quotation marks; undefined where it is too short to be told from other text. */
export function secretIn(headers: HeaderFields): string | undefined {
  const secret = authorizationIn(headers)?.secret.replace(/^"(.*)"$/s, '$1') ?? '';
  return secret.length < 8 ? undefined : secret;
}

/** Whether a request asks for a callback at an address that has this secret in it. */
export function asksCallbackWith(secret: string, headers: HeaderFields, body: string): boolean {
  const askedBy: readonly string[] = [names.prefer, names.callbackUrl].map((name) => name.toLowerCase());
  const places = headers.filter(([name]) => askedBy.includes(name.toLowerCase())).map(([, value]) => value);
  const bySoap = /CallbackUri\s*<\/[^>]*>\s*<[^>]*>([^<]*)</.exec(body)?.[1] ?? '';
  return [...places, bySoap].some((text) => text.includes(secret) || safelyDecoded(text).includes(secret));
}

/** For whom a token was issued: tenant, user and application of a JSON web token; undefined for another form. */
export function identityOf(token: string): string | undefined {
  // What the proxy writes in the place of a token.
  const written = /^\[credential \d+ of (holder \d+)\]$/.exec(token)?.[1];
  if (written !== undefined) return written;
  const [, payload = '', signature] = token.split('.');
  if (signature === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (!isRecord(claims)) return undefined;
    const user = claims['oid'] ?? claims['sub'];
    const application = claims['appid'] ?? claims['azp'] ?? claims['client_id'];
    return typeof user === 'string' && user !== ''
      ? JSON.stringify([claims['tid'], user, application])
      : undefined;
  } catch {
    return undefined;
  }
}
