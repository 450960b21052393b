import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonFault } from './json-fault.ts';

it.each([
  ['{"token": canary"}', 'line 1, column 11: expected a value; a text stands in double quotes'],
  ['{\n  "a": 1,\n}', 'line 3, column 1: expected a key in double quotes'],
  ['{\r\n"a": 1 "canary": 2}', 'line 2, column 8: expected a comma, or the "}" that ends the object'],
  ['[1 canary]', 'line 1, column 4: expected a comma, or the "]" that ends the list'],
  ['{"canary" 1}', 'line 1, column 11: expected a colon after the key'],
  ['{"a": "canary', 'line 1, column 7: a text without the double quote that ends it'],
  ['{"a": "canary\n"}', 'line 1, column 14: a line end or control character within a text'],
  ['{"a": "\\canary"}', 'line 1, column 8: a backslash that begins no escape'],
  ['{} canary', 'line 1, column 4: more text than one value'],
  ['', 'line 1, column 1: the text ends too early: expected a value; a text stands in double quotes'],
])('of %j says where it breaks, and never what stands there', (text, expected) => {
  expect(jsonFault(text)).toBe(expected);
});

it('finds a fault exactly where the runtime finds one', () => {
  const pieces = fc.array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '"a"',
      ':',
      ',',
      '1',
      '-',
      '0',
      '.5',
      'e3',
      'true',
      'nul',
      '\\',
      '\n',
      ' ',
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        pieces.map((some) => some.join('')),
        fc.json(),
      ),
      (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(jsonFault(text) === undefined).toBe(valid);
      },
    ),
    { numRuns: 2_000 },
  );
});
