import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problemsOf } from './problems.ts';

const auth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bearer'), tokenEnv: z.string().max(5) }),
  z.strictObject({ kind: z.literal('none'), user: z.string().max(3).optional() }),
]);
const schema = z
  .strictObject({
    auth: auth.optional(),
    url: z.string().max(3).optional(),
    list: z.array(z.strictObject({ size: z.number() })).optional(),
    nested: z.strictObject({ deep: z.strictObject({ size: z.number() }) }).optional(),
  })
  .default({});

function problems(input: unknown) {
  const { error } = schema.safeParse(input);
  return problemsOf(error?.issues ?? [], input, schema);
}

describe('an unknown key', () => {
  it('is named with its path, and with the keys that are known there', () => {
    expect(problems({ nested: { deep: { size: 1, colour: 2 } } })).toEqual([
      {
        key: 'nested.deep.colour',
        found: 'a key that means nothing here',
        wanted: 'no such key',
        wayOut: 'Known here: size.',
      },
    ]);
    expect(problems({ qqqqqq: 1 })).toMatchObject([
      { key: 'qqqqqq', wayOut: 'Known here: auth, url, list, nested.' },
    ]);
  });

  it('knows the keys of the kind that was chosen, and those of all kinds together elsewhere', () => {
    expect(problems({ auth: { kind: 'none', qqqqqq: 1 } })).toMatchObject([
      { key: 'auth.qqqqqq', wayOut: 'Known here: kind, user.' },
    ]);
  });

  it('is held against the one that is meant', () => {
    expect(problems({ nested: { deep: { size: 1, sizes: 2 } } })[0]?.wayOut).toMatch(/size/);
    expect(problems({ nested: { deep: { size: 1, sizes: 2 } } })[0]?.wayOut).not.toMatch(/Known here/);
  });
});

describe('an unknown kind', () => {
  it('is held against those that there are', () => {
    expect(problems({ auth: { kind: 'beerer' } })).toEqual([
      {
        key: 'auth.kind',
        found: '"beerer"',
        wanted: '"bearer" or "none"',
        wayOut: expect.stringContaining('bearer') as string,
      },
    ]);
    expect(problems({ auth: { kind: 7 } })).toEqual([
      { key: 'auth.kind', found: '7', wanted: '"bearer" or "none"' },
    ]);
    expect(problems({ auth: {} })).toMatchObject([{ key: 'auth.kind', found: 'nothing' }]);
  });
});

describe('a value that does not fit', () => {
  it.each<[string, unknown, string, string]>([
    ['true', true, 'url', 'true'],
    ['null', null, 'url', 'null'],
    ['a number', 12, 'url', '12'],
    ['a list', [], 'url', 'a list'],
    ['an object', {}, 'url', 'an object'],
    ['a text', 'long text', 'url', '"long text"'],
    ['a password in an address', 'https://me:sesame@host/x', 'url', '"https://…@host/x"'],
    ['a signature in an address', 'https://host/x?sig=sesame', 'url', '"https://host/x?…"'],
  ])('is told: %s', (_what, value, key, found) => {
    expect(problems({ [key]: value })).toMatchObject([{ key, found }]);
  });

  it('is told by what it is where JSON has no word for it', () => {
    expect(problems({ url: () => 7 })).toMatchObject([{ found: 'a function' }]);
    expect(problems({ nested: 'x' })).toEqual([{ key: 'nested', found: '"x"', wanted: 'a JSON object' }]);
  });

  it('is not repeated where its key is one of secrets, and only there', () => {
    const told = (key: string) =>
      problemsOf([{ code: 'custom', path: [key], message: 'no', input: 's' }], { [key]: 'sesame' }, schema)[0]
        ?.found;
    for (const key of ['tokenEnv', 'clientSecret', 'PASSWORD', 'tokens'])
      expect(told(key)).toBe('a text that is not repeated here');
    expect(told('environment')).toBe('"sesame"');
  });

  it('is found in lists, and is nothing below what is missing', () => {
    expect(problems({ list: [{ size: 1 }, { size: 'x' }] })).toMatchObject([
      { key: 'list.1.size', found: '"x"' },
    ]);
    const issue = { code: 'custom' as const, path: ['url', 'a', 'b'], message: 'no', input: 1 };
    expect(problemsOf([issue], { url: null }, schema)).toEqual([
      { key: 'url.a.b', found: 'nothing', wanted: 'no' },
    ]);
    expect(problemsOf([{ ...issue, path: [] }], 'x', schema)).toEqual([
      { key: '', found: '"x"', wanted: 'no' },
    ]);
  });
});
