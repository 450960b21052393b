import type { Json } from '../core/operation.ts';
import { exactNumber, isExactNumber } from '../http/exact-json.ts';

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/** A number of `xs:decimal` with all its digits, trailing zeros too; undefined if the text is none. */
export function readDecimal(text: string): Json | undefined {
  const [, sign, whole = '', fraction = ''] = decimal.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '' || whole.length + fraction.length > 60) return undefined;
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  const written = `${sign === '-' ? '-' : ''}${digits}${fraction === '' ? '' : `.${fraction}`}`;
  return String(Number(written)) === written ? Number(written) : exactNumber(written);
}

/** A JSON number as `xs:decimal`, which knows no exponent. */
export function writeDecimal(value: Json): string {
  const text = isExactNumber(value) ? value.rawJSON : String(value);
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  if (exponent === undefined) return text;
  const shift = Number(exponent);
  // The type allows no larger exponents, so the text stays short.
  if (Math.abs(shift) > 400) return text;
  const digits = whole + fraction;
  const point = whole.length + shift;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits.padEnd(point, '0')}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
