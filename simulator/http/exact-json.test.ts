import { describe, expect, it } from 'vitest';
import { exactNumber, isExactNumber, parseExact } from './exact-json.ts';

const again = (text: string): string => JSON.stringify(parseExact(text));

describe('JSON with exact numbers', () => {
  it.each([
    '12345678901.1234567891',
    '-79228162514264337593543950335',
    '0.0000000000000000000000000001234567890123456789',
    '638183964640916096',
    '1.23456789012345678e-7',
    '0.0000001',
  ])('keeps %s digit by digit', (number) => {
    expect(again(`{"a":[${number}]}`)).toBe(`{"a":[${number}]}`);
  });

  it('reads numbers that a double keeps as numbers', () => {
    expect(parseExact('[1.5,-3,9007199254740.25,1e-21]')).toEqual([1.5, -3, 9007199254740.25, 1e-21]);
  });

  it('leaves digits in texts alone', () => {
    expect(parseExact('{"a":"1234567890123456789"}')).toEqual({ a: '1234567890123456789' });
  });

  it('tells an exact number from an object', () => {
    expect(isExactNumber(exactNumber('1'))).toBe(true);
    expect(isExactNumber({ rawJSON: '1' })).toBe(false);
  });

  it.each([
    '{"a":-12345678901234567890,"b":[1,"-12345678901234567890",{"__proto__":12345678901234567890}]}',
    '["\\\\",12345678901234567890,"\\"12345678901234567890"]',
    '12345678901234567890',
    '[1,2,12345678901234567890 ]',
  ])('changes nothing else: %s', (text) => {
    expect(again(text)).toBe(text.replace(' ]', ']'));
  });

  it.each([
    '{12345678901234567890:1}',
    '{12345678901234567890 :1}',
    '[012345678901234567890]',
    '[1.e12345678901234567890]',
    '[+12345678901234567890]',
    '[--12345678901234567890]',
    '[12345678901234567890 1]',
    '[12345678901234567890.]',
    '"12345678901234567890',
    '12345678901234567890x',
  ])('refuses what JSON refuses: %s', (text) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(() => parseExact(text)).toThrow(SyntaxError);
  });

  it('takes little time for one such number among many values', () => {
    for (const piece of ['1,', '"",', '[],', '-1.5e3,']) {
      const before = process.cpuUsage();
      parseExact(`[${piece.repeat(200_000)}12345678901234567890]`);
      expect(process.cpuUsage(before).user).toBeLessThan(500_000);
    }
  });

  it('throws for what is not JSON, however many digits it has', () => {
    expect(() => parseExact('{"a":1234567890123456789')).toThrow(SyntaxError);
  });
});
