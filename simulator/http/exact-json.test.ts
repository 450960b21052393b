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

  it('throws for what is not JSON, however many digits it has', () => {
    expect(() => parseExact('{"a":1234567890123456789')).toThrow(SyntaxError);
  });
});
