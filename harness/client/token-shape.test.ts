import { describe, expect, it } from 'vitest';
import { authorizationOf } from '../auth.ts';
import { looksLikeName, uncarriable } from './token-shape.ts';

describe('a token that no header can carry', () => {
  it.each([
    ['begins or ends with a line break', 'token\n'],
    ['has a line break in its middle', 'to\r\nken'],
    ['begins or ends with a space', ' token'],
    ['contains a control character', 'to\u0007ken'],
    ['contains characters that are no ASCII', 'tökén'],
    ['is 40000 characters long', 'x'.repeat(40_000)],
  ])('is named by its key and not repeated, when it %s', (told, token) => {
    expect(uncarriable(token)).toBe(told);
    const make = () =>
      authorizationOf({ kind: 'bearer', tokenEnv: 'BGOP_TOKEN' }, 'http://t', { BGOP_TOKEN: token });
    expect(make).toThrow(`tokenEnv: no header can carry the token in BGOP_TOKEN: the value ${told}`);
  });

  it('is none of the usual ones', () => {
    expect(uncarriable(`eyJ0eXAi.${'x'.repeat(8_000)}.sig-_~+/=`)).toBeUndefined();
  });
});

describe('a secret that was put in the place of its variable', () => {
  it.each(['S3cr3tValue9x', '9f86d081884c7d659a2feaa0c55ad015', 'aGVsbG8gd29ybGQK_x', 'eyJhbGciOiJub25lIn0'])(
    'is not repeated: %s',
    (pasted) => {
      expect(looksLikeName(pasted)).toBe(false);
      const make = (): unknown => authorizationOf({ kind: 'bearer', tokenEnv: pasted }, 'http://t', {});
      expect(make).toThrow('tokenEnv: No environment variable of that name is set');
      expect(make).not.toThrow(pasted);
    },
  );

  it.each(['BGOP_TOKEN', 'AZURE_CLIENT_SECRET', 'token', 'Dev_Token_2', 'CI_TOKEN2', 'NAME_2026'])(
    'is none: %s',
    (name) => {
      expect(looksLikeName(name)).toBe(true);
      expect(() => authorizationOf({ kind: 'bearer', tokenEnv: name }, 'http://t', {})).toThrow(name);
    },
  );
});
