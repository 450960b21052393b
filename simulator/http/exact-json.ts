/**
 * JSON whose numbers arrive as they were sent. A number of more digits than a double keeps is read as an
 * {@link ExactNumber}, which `JSON.stringify` writes again digit by digit. `System.Decimal` has 28 of them.
 */

/** A number as text, made by `JSON.rawJSON`. */
export interface ExactNumber {
  readonly rawJSON: string;
}

/** The two functions of ECMAScript's "JSON.parse source text access", which TypeScript does not know yet. */
const json = JSON as unknown as {
  readonly rawJSON: (text: string) => ExactNumber;
  readonly isRawJSON: (value: unknown) => value is ExactNumber;
  readonly parse: (
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ) => unknown;
};

/** Digits that every double keeps. */
const safeDigits = 15;
const manyDigits = /\d[\d.]{7}/;

/** Whether a value is a number that was kept as text. */
export const isExactNumber = json.isRawJSON;

/** A number as text for JSON; `text` has to be a JSON number. */
export const exactNumber = json.rawJSON;

/**
 * Reads JSON; numbers that a double would change become {@link ExactNumber}s.
 *
 * @throws SyntaxError for what is not JSON
 */
export function parseExact(text: string): unknown {
  // Most texts have no such number, and reviving costs time.
  if (!manyDigits.test(text)) return JSON.parse(text) as unknown;
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && isChanged(value, source)
      ? exactNumber(source)
      : value,
  );
}

/** Whether a double would lose digits, or be written in another way than decimals are. */
function isChanged(value: number, source: string): boolean {
  return digitsOf(source) > safeDigits || (!/e/i.test(source) && String(value).includes('e'));
}

/** Significant digits of a JSON number. */
function digitsOf(source: string): number {
  const [mantissa = ''] = source.replace('-', '').split(/e/i);
  return mantissa.replace('.', '').replace(/^0+/, '').length;
}
