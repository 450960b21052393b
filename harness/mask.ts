import type { HeaderFields } from './evidence.ts';
import { secretForms } from './secret-forms.ts';

const secretHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'authentication-info',
  'cookie',
  'set-cookie',
  'x-functions-key',
  'api-key',
  'x-api-key',
  'ocp-apim-subscription-key',
  'aeg-sas-key',
  'aeg-sas-token',
]);

/** What stands in place of a secret. */
export const masked = '«masked»';

/** The mark of signatures that the suite made up itself; they are no secrets and stay readable. */
export const ownSignature = 'bgop-';

const secrets = new Set<string>();
/** Every form of every secret, the longest first. */
let forms: readonly string[] = [];

/**
 * Makes a secret known, so that it is masked wherever it appears from now on, also encoded. Values of
 * fewer than 8 characters are ignored: they would be found in everything.
 */
export function registerSecret(value: string): void {
  if (value.length < 8 || secrets.has(value)) return;
  secrets.add(value);
  forms = [...new Set([...forms, ...secretForms(value)])].sort((a, b) => b.length - a.length);
}

/** A text with every known secret masked, and nothing else. */
export function maskKnown(text: string): string {
  let result = text;
  for (const form of forms) if (result.includes(form)) result = result.replaceAll(form, masked);
  return result;
}

const keys =
  'client_secret|client_assertion|access_token|refresh_token|id_token|authvalue|password|api_?key|sharedaccesskey|accountkey|sharedaccesssignature';
/** `"key": "value"` in JSON, also where the JSON is a text in JSON itself. */
const quotedMember = new RegExp(`((\\\\*)"(?:${keys})\\2"\\s*:\\s*\\2")(.*?)(?<!\\\\)(?=\\2")`, 'gis');
/** `key=value` of forms, addresses and connection strings, and loosely written pairs. */
const member = new RegExp(`((?:${keys})"?\\s*[:=]\\s*"?)([^"&\\s,;}\\\\]+)`, 'gi');
/** Where a parameter of an address may begin: after ? or &, in the forms that encodings give them. */
const parameterStart = String.raw`(?<=[?&;]|%26|%3F|\\u0026|\\u003F|&amp;)`;
const wordStart = String.raw`(?<![A-Za-z0-9_])`;
const equals = String.raw`(?:=|%3D|\\u003D)`;
const parameter = new RegExp(
  String.raw`((?:(?:${parameterStart}|${wordStart})(?:sig|signature)|${parameterStart}(?:code|sas))${equals})((?:(?!%26|&)[^\s"'\\<>;])+)`,
  'gi',
);
const bearer = /\bBearer\s+(?!authorization_uri|[a-z_]+=")[A-Za-z0-9._~+/-]{8,}=*/g;
const bearerInAnyCase = /\b(bearer)\s+(?!authorization_uri|[a-z_]+=")(?=[^\s"]*\d)[A-Za-z0-9._~+/-]{8,}=*/gi;
const jsonWebToken = /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*/g;
const basic = /\b(Basic\s+)([A-Za-z0-9+/_-]{8,}={0,2})/g;

/** A text with every known secret masked, and what looks like a foreign signature, token or password with it. */
export function maskText(text: string): string {
  return maskKnown(text)
    .replaceAll(jsonWebToken, masked)
    .replaceAll(bearer, `Bearer ${masked}`)
    .replaceAll(bearerInAnyCase, `$1 ${masked}`)
    .replaceAll(basic, (whole, scheme: string, value: string) =>
      Buffer.from(value, 'base64').includes(':') ? `${scheme}${masked}` : whole,
    )
    .replaceAll(parameter, (whole, key: string, value: string) =>
      value.startsWith(ownSignature) ? whole : `${key}${masked}`,
    )
    .replaceAll(quotedMember, `$1${masked}`)
    .replaceAll(member, (whole, key: string, value: string) =>
      value === masked ? whole : `${key}${masked}`,
    );
}

/** Plain JSON with every text in it masked. */
export function maskDeep<T>(value: T): T {
  if (typeof value === 'string') return maskText(value) as T;
  if (Array.isArray(value)) return value.map(maskDeep) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, maskDeep(each)])) as T;
}

/** Header fields with secret values masked. */
export function maskHeaders(fields: HeaderFields): HeaderFields {
  return fields.map(([name, value]) => [
    maskKnown(name),
    secretHeaders.has(name.toLowerCase()) ? maskCredential(value) : maskText(value),
  ]);
}

function maskCredential(value: string): string {
  const scheme = /^(Bearer|Basic)\s/i.exec(value)?.[1];
  return scheme === undefined ? masked : `${scheme} ${masked}`;
}
