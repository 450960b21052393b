import { describe, expect, it } from 'vitest';
import { maskKnown, registerSecret } from '../mask.ts';
import { encodingsOfSecret } from './fixtures/encodings.ts';

/** Secrets of every kind: with escapes in them, of few letters, in other scripts, long. */
const secrets: Record<string, string> = {
  'a client secret': 'Cl13nt~S3cret+of/the&initiator',
  'one that looks encoded': 'ab%20cd\\u0041ef&amp;gh=41ij',
  'one of other letters': 'Žluťoučký-kůň-übel-9',
  'one in another script': 'пароль-секрет',
  'a key in base64': 'Zm9vYmFyYmF6cXV4+/abcdefghijklmnopqrstuvwxyz0123456789==',
  'a long token': `opaque.${'0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_'.repeat(40)}`,
  'a short one': 'aB3$xY7!',
};

describe.each(Object.entries(secrets))('%s', (_name, secret) => {
  registerSecret(secret);
  it.each(Object.entries(encodingsOfSecret(secret)))('is masked %s', (_encoding, encoded) => {
    const result = maskKnown(`before ${encoded} after`);
    expect(result).toContain('«masked»');
    // At most what its neighbours share of it stays: the characters at both ends of base64.
    expect(result.length).toBeLessThan('before «masked» after'.length + 24);
  });
});

it('finds one across the borders of the blocks that a long text is searched in', () => {
  const secret = secrets['a client secret'] ?? '';
  const encoded = encodeURIComponent(encodeURIComponent(secret));
  // No token of another test in this process looks like that.
  const filler = (length: number): string => '.,'.repeat(length / 2);
  for (const before of [131_000, 131_050, 131_072, 131_100, 262_100]) {
    const result = maskKnown(`${filler(before)}${encoded}${filler(50_000)}`);
    expect(result).toBe(`${filler(before)}«masked»${filler(50_000)}`);
  }
});

it('leaves everything else as it was', () => {
  for (const text of ['%41%C3%B6 &amp; \\u0041 =41 \\', 'Grüße 🙂', '', 'Cl13nt~S3cret+of/the&initiato'])
    expect(maskKnown(text)).toBe(text);
});
