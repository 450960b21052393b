import { describe, expect, it } from 'vitest';
import { maskText, registerSecret } from '../mask.ts';
import { LongTexts } from './long-texts.ts';

const text = (character: string, length: number): string => character.repeat(length);

describe('long texts', () => {
  it('are made once, equal ones too, and short ones each time', () => {
    const texts = new LongTexts();
    const made: number[] = [];
    const make = (whole: string): string => {
      made.push(whole.length);
      return whole.toUpperCase();
    };
    for (let i = 0; i < 3; i += 1) {
      expect(texts.get(text('a', 100_000), make)).toBe(text('A', 100_000));
      expect(texts.get(text('a', 10), make)).toBe(text('A', 10));
    }
    expect(made).toEqual([100_000, 10, 10, 10]);
  });

  it('are told apart by every character', () => {
    const texts = new LongTexts();
    const make = (whole: string): string => whole.slice(-1);
    expect(texts.get(`${text('a', 50_000)}1`, make)).toBe('1');
    expect(texts.get(`${text('a', 50_000)}2`, make)).toBe('2');
  });

  it('are forgotten, the oldest first, when they become too many', () => {
    const texts = new LongTexts();
    const size = 8 * 1024 * 1024;
    const made: string[] = [];
    const make = (whole: string): string => {
      made.push(whole.charAt(0));
      return whole;
    };
    for (const character of ['a', 'b', 'c', 'd', 'e']) texts.get(text(character, size), make);
    texts.get(text('e', size), make);
    expect(made).toEqual(['a', 'b', 'c', 'd', 'e']);
    texts.get(text('a', size), make);
    expect(made.at(-1)).toBe('a');
  });

  it('are masked again once another secret is known', () => {
    const secret = 'a-secret-that-comes-later';
    const whole = `${text('x ', 30_000)}${secret}`;
    expect(maskText(whole)).toContain(secret);
    registerSecret(secret);
    expect(maskText(whole)).not.toContain(secret);
  });
});
