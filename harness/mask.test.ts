import { describe, expect, it } from 'vitest';
import { maskDeep, maskHeaders, maskKnown, maskText, registerSecret } from './mask.ts';

const secret = 'p4ss~wörd&+/="<x>\'Zz 9';
registerSecret(secret);
registerSecret('short');

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Where a secret may stand, and how it looks there. */
const places: Record<string, string> = {
  'as it is': secret,
  'in an address': encodeURIComponent(secret),
  'in an address, in lower case': encodeURIComponent(secret).replaceAll(/%../g, (byte) => byte.toLowerCase()),
  'in a form': new URLSearchParams({ client_key: secret }).toString(),
  'in JSON': JSON.stringify({ said: `you sent ${secret}!` }),
  'in JSON of .NET': `{"said":"${secret.replaceAll(/[&+'"<>]/g, (c) => `\\u00${c.charCodeAt(0).toString(16).toUpperCase()}`)}"}`,
  'in HTML': '<b>p4ss~wörd&amp;+/=&quot;&lt;x&gt;&#39;Zz 9</b>',
  'in HTML between tags': '<b>p4ss~wörd&amp;+/="&lt;x&gt;\'Zz 9</b>',
  'byte by byte in an address': [...Buffer.from(secret)].map((byte) => `%${byte.toString(16)}`).join(''),
  'character by character in JSON': [...secret]
    .map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join(''),
  'in lower case': secret.toLowerCase(),
  'in upper case': secret.toUpperCase(),
  'as base64': base64(secret),
  'within base64, one byte in': base64(`a${secret}:b`),
  'within base64, two bytes in': base64(`id${secret}`),
  'within base64, three bytes in': base64(`id:${secret}tail`),
  'as base64url': Buffer.from(secret).toString('base64url'),
  'as hexadecimal': Buffer.from(secret).toString('hex'),
};

describe('a registered secret', () => {
  it.each(Object.entries(places))('is masked %s', (_name, text) => {
    const result = maskKnown(`before ${text} after`);
    expect(result).toContain('«masked»');
    expect(result).toMatch(/^before .* after$/s);
    for (const part of ['p4ss', 'Zz 9', 'Zz%209', 'Zz+9']) expect(result).not.toContain(part);
    // Of an encoded text at most the characters stay that its neighbours share.
    expect(result.length).toBeLessThan('before  after«masked»'.length + 35);
  });

  it('is masked in every text of a value', () => {
    expect(maskDeep({ a: [secret, 1, null, { b: `x${secret}` }] })).toEqual({
      a: ['«masked»', 1, null, { b: 'x«masked»' }],
    });
  });

  it('is ignored when it is too short to be told from anything else', () => {
    expect(maskKnown('a short text')).toBe('a short text');
  });
});

describe('what looks like a secret', () => {
  it.each([
    ['Authorization: Bearer abcdefgh.ijk', 'Authorization: Bearer «masked»'],
    ['bearer 0123456789', 'bearer «masked»'],
    ['Basic dXNlcjpwYXNz', 'Basic «masked»'],
    ['https://x.test/?sv=1&sig=AbC%2Bd%3D&se=2', 'https://x.test/?sv=1&sig=«masked»&se=2'],
    ['?sig=abc', '?sig=«masked»'],
    ['sig=abc&x=1', 'sig=«masked»&x=1'],
    [
      String.raw`"https://x.test/?a=1\u0026sig=abc\u0026b=2"`,
      String.raw`"https://x.test/?a=1\u0026sig=«masked»\u0026b=2"`,
    ],
    ['u=https%3A%2F%2Fx.test%3Fsig%3Dabc%26b%3D2', 'u=https%3A%2F%2Fx.test%3Fsig%3D«masked»%26b%3D2'],
    ['<a href="?x=1&amp;sig=abc">', '<a href="?x=1&amp;sig=«masked»">'],
    ['/api/hook?code=abc==', '/api/hook?code=«masked»'],
    ['eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.c2ln', '«masked»'],
    ['{"access_token":"a,b&c\\"d","expires_in":1}', '{"access_token":"«masked»","expires_in":1}'],
    [String.raw`"{\"client_secret\": \"a b\"}"`, String.raw`"{\"client_secret\": \"«masked»\"}"`],
    ['client_secret=a~b&grant_type=x', 'client_secret=«masked»&grant_type=x'],
    [
      'Endpoint=sb://x/;SharedAccessKey=abc=;EntityPath=y',
      'Endpoint=sb://x/;SharedAccessKey=«masked»;EntityPath=y',
    ],
  ])('is masked in %s', (text, expected) => {
    expect(maskText(text)).toBe(expected);
    expect(maskText(expected)).toBe(expected);
  });

  it.each([
    'https://listener.test/bgop/1a?sig=bgop-Ab%2B1&x=1',
    'Bearer authorization_uri=https://login.windows.net/1/oauth2/authorize',
    'Bearer error="invalid_token", error_description="expired"',
    'the bearer of this message',
    'Basic authentication is no way to sign in',
    '{"backgroundOperationErrorCode":-2147187707,"errorcode":"0"}',
    'design=1&assign=2',
  ])('is not seen in %s', (text) => {
    expect(maskText(text)).toBe(text);
  });
});

describe('header fields', () => {
  it('keep the scheme of a credential, and nothing of a cookie', () => {
    expect(
      maskHeaders([
        ['authorization', 'Bearer x'],
        ['Proxy-Authorization', 'Basic x'],
        ['Set-Cookie', 'ARRAffinity=1; path=/'],
        ['x-functions-key', 'k'],
        ['X-Echo', `you are ${secret}`],
        ['Location', '/next?sig=a'],
      ]),
    ).toEqual([
      ['authorization', 'Bearer «masked»'],
      ['Proxy-Authorization', 'Basic «masked»'],
      ['Set-Cookie', '«masked»'],
      ['x-functions-key', '«masked»'],
      ['X-Echo', 'you are «masked»'],
      ['Location', '/next?sig=«masked»'],
    ]);
  });
});
