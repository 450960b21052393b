import { describe, expect, it } from 'vitest';
import { oneLine, paragraph, visible } from './visible.ts';

const character = (code: number): string => String.fromCodePoint(code);
const harmful: readonly (readonly [string, string])[] = [
  ['escape', '\u001b[2J'],
  ['operating system command', '\u001b]0;title\u0007'],
  ['bell', '\u0007'],
  ['backspace', 'a\b'],
  ['carriage return', 'a\rb'],
  ['vertical tab and form feed', '\v\f'],
  ['delete', '\u007f'],
  ['one-character CSI', '\u009b31m'],
  ['next line', '\u0085'],
  ['soft hyphen', '\u00ad'],
  ...[0x061c, 0x115f, 0x180e, 0x200b, 0x200d, 0x200e, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069]
    .concat([0x3164, 0xfe0f, 0xfeff, 0xfff9, 0xe0001, 0xe0041])
    .map((code): [string, string] => [`U+${code.toString(16)}`, character(code)]),
  ['half a pair', '\ud800'],
  ['the other half', '\udc00'],
];

describe('visible', () => {
  it.each(harmful)('shows by its number: %s', (_name, text) => {
    const shown = visible(`before ${text} after`);
    expect(shown).toMatch(/^before [ -~]* after$/);
    expect(shown).toMatch(/\\u[0-9a-f]{4}/);
    expect(JSON.parse(`"${shown}"`)).toBe(`before ${text} after`);
  });

  it('leaves what everybody can see', () => {
    for (const text of ['plain\ttext\n  next', 'Grüße, 你好, שלום, 🙂 «masked» … ✕ ·'])
      expect(visible(text)).toBe(text);
  });

  it.each([
    ['::error::x', '\\u003a:error::x'],
    ['  ::set-output name=x::y', '  \\u003a:set-output name=x::y'],
    ['fine\n::stop-commands::t', 'fine\n\\u003a:stop-commands::t'],
    ['a ##[error]b', 'a #\\u0023[error]b'],
    ['a ##vso[task.setvariable variable=x]y', 'a #\\u0023vso[task.setvariable variable=x]y'],
    ['##teamcity[x]', '#\\u0023teamcity[x]'],
  ])('lets no log obey %j', (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it('keeps JSON what it was', () => {
    const value = { a: harmful.map(([, text]) => text), b: '##[x]\n::error::' };
    expect(JSON.parse(visible(JSON.stringify(value, null, 2)))).toEqual(value);
  });
});

describe('lines that would be faked', () => {
  it('stay within their line or below it', () => {
    expect(oneLine('a\r\nb\nc')).toBe('a\\nb\\nc');
    expect(oneLine('x\n::error::y')).toBe('x\\n::error::y');
    expect(paragraph('a\nb\n  c\n\n::error::d')).toBe('a\n  b\n  c\n\n  \\u003a:error::d');
  });
});
