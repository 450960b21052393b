import type { HeaderFields } from './evidence.ts';

const secretHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-functions-key',
  'api-key',
]);

/** What stands in place of a secret. */
export const masked = '«masked»';

/** The mark of signatures that the suite made up itself; they are no secrets and stay readable. */
export const ownSignature = 'bgop-';

const secrets = new Set<string>();

/** Makes a secret known, so that it is masked wherever it appears from now on. Short values are ignored. */
export function registerSecret(value: string): void {
  if (value.length < 8) return;
  secrets.add(value);
  secrets.add(encodeURIComponent(value));
}

/** A text with every known secret masked, and foreign signatures and bearer tokens with it. */
export function maskText(text: string): string {
  let result = text;
  for (const secret of secrets) result = result.replaceAll(secret, masked);
  return result
    .replaceAll(/\bBearer\s+(?!authorization_uri)[A-Za-z0-9._~+/-]{8,}=*/g, `Bearer ${masked}`)
    .replaceAll(/([?&](?:sig|code|access_token)=)([^&\s"'\\]+)/g, (whole, key: string, value: string) =>
      value.startsWith(ownSignature) ? whole : `${key}${masked}`,
    )
    .replaceAll(
      /("?(?:client_secret|access_token|refresh_token|authvalue)"?\s*[:=]\s*"?)([^"&\s,}]+)/gi,
      `$1${masked}`,
    );
}

/** Header fields with secret values masked. */
export function maskHeaders(fields: HeaderFields): HeaderFields {
  return fields.map(([name, value]) => [
    name,
    secretHeaders.has(name.toLowerCase()) ? maskCredential(value) : maskText(value),
  ]);
}

function maskCredential(value: string): string {
  const scheme = /^(Bearer|Basic)\s/i.exec(value)?.[1];
  return scheme === undefined ? masked : `${scheme} ${masked}`;
}
