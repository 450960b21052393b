import { describe, expect, it } from 'vitest';
import { deepest, nestsTooDeep, oddForm, parseJson } from './json.ts';

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('JSON of a target', () => {
  it('is read as deep as anything needs it, and no deeper', () => {
    expect(parseJson(nested(deepest))).toBeDefined();
    expect(parseJson(nested(deepest + 1))).toBeUndefined();
    expect(parseJson(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)).toBeUndefined();
    expect(oddForm(nested(100_000))).toBe('nests deeper than 500 levels');
  });

  it('is not deep where brackets stand in texts, or one after another', () => {
    const text = JSON.stringify({ a: `\\"${'['.repeat(2_000)}`, b: '{'.repeat(2_000) });
    expect(nestsTooDeep(text)).toBe(false);
    expect(parseJson(text)).toEqual(JSON.parse(text));
    expect(nestsTooDeep(`[${'[],'.repeat(2_000)}1]`)).toBe(false);
  });

  it('is looked at in one pass, however it ends', () => {
    const began = performance.now();
    expect(nestsTooDeep(`"${'\\"['.repeat(3_000_000)}`)).toBe(false);
    expect(nestsTooDeep('"'.repeat(5_000_000))).toBe(false);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('may begin with a byte order mark, which is named', () => {
    expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 });
    expect(oddForm('\uFEFF{"a":1}')).toBe('begins with a byte order mark (U+FEFF)');
  });

  it.each([
    [Buffer.from('{"a":1}', 'utf16le').toString('utf8'), 'is written in UTF-16, not in UTF-8'],
    ['\u001F\uFFFD\b\u0000', 'is compressed (gzip), though that was not asked for'],
    ['{"a":\u00001}', 'contains a null character (U+0000)'],
    [
      Buffer.from('{"a":"é"}', 'latin1').toString('utf8'),
      'contains bytes that are no UTF-8 (shown as U+FFFD)',
    ],
    ['\u200B{"a":1}', 'begins with an invisible character (U+200B)'],
  ])('names what nobody sees: %j', (text, told) => {
    expect(oddForm(text)).toBe(told);
  });

  it('is not odd where it is plain', () => {
    expect(oddForm('{"a":"plain"}')).toBeUndefined();
    expect(oddForm('')).toBeUndefined();
    expect(oddForm('<html>')).toBeUndefined();
  });
});
