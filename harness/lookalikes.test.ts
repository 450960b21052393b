import { describe, expect, it } from 'vitest';
import { lookalikes } from './lookalikes.ts';
import { Broken } from './verdict.ts';

describe('texts that look alike', () => {
  it('differ by the numbers of their characters', () => {
    expect(lookalikes('"e\u0301"', '"\u00e9"')).toBe(
      'they look alike, but U+00E9 stands in place of U+0065 U+0301',
    );
    expect(lookalikes('a\u00a0b', 'a b')).toContain('U+0020 stands in place of U+00A0');
    expect(lookalikes('a', 'a\u200b')).toContain('U+200B stands in place of nothing');
  });

  it('are neither equal nor different to the eye', () => {
    expect(lookalikes('"a"', '"a"')).toBeUndefined();
    expect(lookalikes('"a"', '"b"')).toBeUndefined();
    expect(lookalikes('1', '"1"')).toBeUndefined();
  });

  it('are told apart in the reason of a broken clause', () => {
    expect(new Broken('the output', '"e\u0301"', '"\u00e9"').message).toContain('U+0301');
    expect(new Broken('the output', '"a"', '"b"').message).not.toContain('alike');
  });
});
