import { alphanumeric, CharacterClass, whiteSpace } from './character-class.ts';
import { endOfToken } from './json-web-token.ts';
import { pemStart, privateKey } from './pem.ts';

/** What stands in place of a secret. */
export const masked = '«masked»';

/** The mark of signatures that the suite made up itself; they are no secrets and stay readable. */
const ownSignature = 'bgop-';

// Anybody may send what is searched here, so all of it takes time linear in the text: the patterns are
// of bounded length and only say where something begins; what follows is run through by hand, once.

const keys =
  'client_?secret|client_assertion|access_token|refresh_token|id_token|authvalue|password|passphrase|api_?key|sharedaccesskey|accountkey|sharedaccesssignature|subscription-key';
/** Where a parameter of an address may begin: after ? or &, in the forms that encodings give them. */
const parameterStart = String.raw`(?<=[?&;]|%26|%3F|%2526|%253F|\\u0026|\\u003F|&amp;|&#38;|&#x26;)`;
const wordStart = String.raw`(?<![A-Za-z0-9_])`;
const equals = String.raw`(?:=|%3D|%253D|\\u003D|&#61;|&#x3D;)`;

/** One kind of text that looks like a secret. */
interface Kind {
  /** Where one may begin; global, of bounded length. */
  readonly start: RegExp;
  /** What is to be masked behind a start that ends at `at`; undefined where it is none. */
  readonly secret: (
    text: string,
    at: number,
    start: RegExpExecArray,
  ) => readonly [from: number, to: number] | undefined;
}

const space = new CharacterClass(whiteSpace);
const backslashes = new CharacterClass('\\');
const equalsSigns = new CharacterClass('=');
const userInfo = new CharacterClass(`/@"'<>\\?#${whiteSpace}`, { not: true });
const credential = new CharacterClass(`${alphanumeric}._~+/-`);
const base64 = new CharacterClass(`${alphanumeric}+/_-`);
const challengeName = new CharacterClass('abcdefghijklmnopqrstuvwxyz_');
const memberValue = new CharacterClass(`"&,;}\\${whiteSpace}`, { not: true });
const parameterValue = new CharacterClass(`&%"'\\<>;${whiteSpace}`, { not: true });

const kinds: readonly Kind[] = [
  { start: pemStart, secret: privateKey },
  { start: /eyJ/g, secret: (text, at) => endOfToken(text, at - 3) },
  { start: /:\/\//g, secret: passwordOfAddress },
  { start: /\bbearer(?=\s)/gi, secret: bearerToken },
  { start: /\bBasic(?=\s)/g, secret: basicCredential },
  {
    start: new RegExp(
      String.raw`(?:(?:${parameterStart}|${wordStart})(?:sig|signature)|${parameterStart}(?:code|sas|token|key|secret|pwd|auth))${equals}`,
      'gi',
    ),
    secret: valueOfParameter,
  },
  { start: new RegExp(`(?:${keys})`, 'gi'), secret: valueOfMember },
];

/** A text in which everything is masked that looks like a signature, a token or a password. */
export function maskLikely(text: string): string {
  return kinds.reduce(maskKind, text);
}

function maskKind(text: string, { start, secret }: Kind): string {
  let result = '';
  let done = 0;
  start.lastIndex = 0;
  for (let found = start.exec(text); found !== null; found = start.exec(text)) {
    const span = secret(text, start.lastIndex, found);
    if (span === undefined) continue;
    const [from, to] = span;
    // An empty one is only a place to go on from.
    if (to > from && !text.startsWith(masked, from)) {
      result += `${text.slice(done, from)}${masked}`;
      done = to;
    }
    start.lastIndex = Math.max(to, start.lastIndex);
  }
  return done === 0 ? text : result + text.slice(done);
}

/** `user:password@` in the address of a server. */
function passwordOfAddress(text: string, at: number): readonly [number, number] | undefined {
  const end = userInfo.endOf(text, at);
  if (text[end] !== '@') return [end, end];
  const colon = text.slice(at, end).indexOf(':');
  return colon < 0 || at + colon + 1 === end ? [end, end] : [at + colon + 1, end];
}

/** A token behind `Bearer`; not the parameters of a challenge, nor the word in a sentence. */
function bearerToken(
  text: string,
  at: number,
  [word]: RegExpExecArray,
): readonly [number, number] | undefined {
  const from = space.endOf(text, at);
  const name = challengeName.endOf(text, from);
  if (text.startsWith('authorization_uri', from) || text.startsWith('="', name)) return undefined;
  const end = credential.endOf(text, from);
  if (end - from < 8) return undefined;
  if (word !== 'Bearer' && !/\d/.test(text.slice(from, end))) return [end, end];
  return [from, equalsSigns.endOf(text, end)];
}

/** `user:password` in base64 behind `Basic`. */
function basicCredential(text: string, at: number): readonly [number, number] | undefined {
  const from = space.endOf(text, at);
  const end = base64.endOf(text, from);
  if (end - from < 8 || !Buffer.from(text.slice(from, end), 'base64').includes(':')) return [end, end];
  return [from, Math.min(end + 2, equalsSigns.endOf(text, end))];
}

/** The value of a parameter in an address, up to the next one. */
function valueOfParameter(text: string, at: number): readonly [number, number] | undefined {
  if (text.startsWith(ownSignature, at)) return [at, at];
  let end = parameterValue.endOf(text, at);
  while (text[end] === '%' && !/^%(?:25)?26/.test(text.slice(end, end + 5)))
    end = parameterValue.endOf(text, end + 1);
  return [at, end];
}

/** `"key": "value"` in JSON, also where the JSON is a text in JSON itself; else `key=value` or `key: value`. */
function valueOfMember(text: string, at: number): readonly [number, number] | undefined {
  const quote = backslashes.endOf(text, at);
  const quoted = text[quote] === '"';
  const sign = space.endOf(text, quoted ? quote + 1 : at);
  if (text[sign] !== ':' && text[sign] !== '=') return undefined;
  const value = space.endOf(text, sign + 1);
  const opening = backslashes.endOf(text, value);
  if (quoted && text[sign] === ':' && text[opening] === '"' && opening - value === quote - at)
    return [opening + 1, endOfQuoted(text, opening + 1, quote - at)];
  const from = text[value] === '"' ? value + 1 : value;
  return [from, memberValue.endOf(text, from)];
}

/**
 * Where a quoted value ends, whose quotes are written with `depth` backslashes: before the quote that no
 * more of them escape; with the text where there is none.
 */
function endOfQuoted(text: string, at: number, depth: number): number {
  for (let quote = text.indexOf('"', at); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (quote - slashes > at && text[quote - slashes - 1] === '\\') slashes += 1;
    if (slashes < depth) return quote - slashes;
    // Every backslash of the value itself is written as so many.
    if ((slashes - depth) % (2 * (depth + 1)) === 0) return quote - depth;
  }
  return text.length;
}
