import fc from 'fast-check';
import type { JsonObject } from '../harness/answer.ts';

// fast-check's own units of these kinds make a table of all of Unicode, which takes a second in each process.
const codePoint = fc
  .oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 0x07ff }) },
    // Without the surrogates, which are no characters.
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 0x10ffff - 0x800 }) },
  )
  .map((number) => String.fromCodePoint(number < 0xd800 ? number : number + 0x800));

/** Characters as people see them: of one code point or of several. */
export const grapheme: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: codePoint },
  {
    weight: 1,
    arbitrary: fc.constantFrom('e\u0301', 'ﬁ', '🇩🇪', '👩‍👩‍👧', '👍🏽', 'नि', '각', '\u202eabc\u202c', '👨‍💻', 'Å'),
  },
);

/** Texts as the probe's contract has them: well-formed Unicode, any code point but NUL; mostly short. */
export const texts: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 4, arbitrary: fc.string({ unit: codePoint, maxLength: 60 }) },
    { weight: 2, arbitrary: fc.string({ unit: grapheme, maxLength: 60 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        ' ',
        '0',
        'null',
        'true',
        '\\',
        '"',
        "'",
        '{}',
        '[]',
        '\u2028',
        '%',
        '&amp;',
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.string({ unit: codePoint, minLength: 1, maxLength: 8 }),
          fc.integer({ min: 100, max: 3_000 }),
        )
        .map(([piece, times]) => piece.repeat(times)),
    },
  )
  .map((text) => text.replaceAll('\0', ''));

/** Texts with at least one character that is not white space, for messages. */
export const errorTexts: fc.Arbitrary<string> = texts.map((text) => `error: ${text}.`);

/** Decimal numbers: of cents as money has them, and of any ten digits with up to ten of them behind the point. */
const amounts = fc.oneof(
  fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }).map((cents) => cents / 100),
  fc
    .tuple(fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }), fc.integer({ min: 0, max: 10 }))
    .map(([digits, places]) => digits / 10 ** places),
);

/** Outputs of the probe: any of its declared properties, each of its type; never null. */
export const outputs: fc.Arbitrary<JsonObject> = fc.record(
  {
    Text: texts,
    Count: fc.oneof(fc.integer(), fc.constantFrom(0, -1, 2_147_483_647, -2_147_483_648)),
    Flag: fc.boolean(),
    Amount: amounts,
    When: fc
      .tuple(fc.integer({ min: -70_000 * 86_400, max: 60_000 * 86_400 }), fc.constantFrom(0, 0, 1, 120, 999))
      .map(([seconds, milliseconds]) => new Date(seconds * 1_000 + milliseconds).toISOString()),
    Id: fc.uuid(),
  },
  { requiredKeys: [] },
);

/** Ids of the shape of a GUID that no operation has: random in all of their digits. */
export const unknownIds: fc.Arbitrary<string> = fc
  .tuple(fc.stringMatching(/^[0-9a-f]{32}$/), fc.boolean())
  .map(([digits, upper]) => {
    const guid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    return upper ? guid.toUpperCase() : guid;
  })
  .filter((id) => !/^0{8}-/.test(id));
