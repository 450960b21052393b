import { describe, expect, it } from 'vitest';
import { authorizationOf } from './auth.ts';

const url = 'https://contoso.crm.dynamics.com';
const tokenOf = (claims: object): string =>
  `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
const bearer = (token: string) =>
  authorizationOf({ kind: 'bearer', tokenEnv: 'BGOP_TOKEN' }, url, { BGOP_TOKEN: token })();

describe('a bearer token', () => {
  it('is sent as it is, whatever it is made of', async () => {
    expect(await bearer('opaque-token')).toBe('Bearer opaque-token');
    expect(await bearer('a.b.c')).toBe('Bearer a.b.c');
    const lasting = tokenOf({ exp: Math.ceil(Date.now() / 1_000) + 60 });
    expect(await bearer(lasting)).toBe(`Bearer ${lasting}`);
  });

  it('that has expired by its own word is not sent, and the error says what to do', async () => {
    const error: unknown = await bearer(tokenOf({ exp: 1_700_000_000 })).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain(
      'the token in BGOP_TOKEN expired at 2023-11-14T22:13:20.000Z. Put a fresh one there',
    );
  });
});
