import type { Column } from '../../core/table.ts';
import { asComparable } from './comparable.ts';
import type { Comparable } from './comparable.ts';

/** A constant in an expression. Dates and times are epoch milliseconds, with a fraction if so written. */
export type Literal =
  | { readonly type: 'null'; readonly value: null }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'integer'; readonly value: bigint }
  | { readonly type: 'decimal'; readonly value: number }
  | { readonly type: 'guid'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'datetime' | 'date'; readonly value: number };

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const integer = /^[+-]?\d{1,19}$/;
const decimal = /^[+-]?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?$/;
const instant =
  /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(?:(Z)|([+-])([01]\d):([0-5]\d)))?$/i;

/** Reads an unquoted literal; undefined if the word is none (a name, an operator, rubbish). */
export function literalOf(word: string): Literal | undefined {
  if (word === 'null') return { type: 'null', value: null };
  if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true' };
  if (guid.test(word)) return { type: 'guid', value: word.toLowerCase() };
  if (integer.test(word)) return { type: 'integer', value: BigInt(word.replace('+', '')) };
  if (decimal.test(word)) return { type: 'decimal', value: Number(word) };
  return instantOf(word);
}

/** Reads a date (midnight UTC) or a date with time and offset; undefined if it is neither, or no day of the calendar. */
function instantOf(word: string): Literal | undefined {
  const parts = instant.exec(word);
  if (!parts) return undefined;
  const [, day = '', time, seconds = '00', fraction = '', zulu, sign, hours = '0', minutes = '0'] = parts;
  const whole = Date.parse(`${day}T${time ?? '00:00'}:${seconds}Z`);
  // Date.parse rolls 30 February over to March.
  if (Number.isNaN(whole) || new Date(whole).toISOString().slice(0, 10) !== day) return undefined;
  if (time === undefined) return { type: 'date', value: whole };
  const milliseconds = Number(`${fraction.slice(0, 3).padEnd(3, '0')}.${fraction.slice(3)}0`);
  const offset = zulu ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { type: 'datetime', value: whole + milliseconds - offset };
}

/** What a literal is compared as in a column; undefined if the types are incompatible. */
export function operandFor<Row>(column: Column<Row>, literal: Literal): Comparable | undefined {
  if (literal.type === 'null') return null;
  switch (column.type) {
    case 'memo':
    case 'string':
      return literal.type === 'string' ? asComparable(column.type, literal.value) : undefined;
    case 'lookup':
    case 'guid':
      // Also between apostrophes, as the documentation writes a filter by an owner.
      if (literal.type === 'string')
        return guid.test(literal.value) ? literal.value.toLowerCase() : undefined;
      return literal.type === 'guid' ? literal.value : undefined;
    case 'bigint':
      return literal.type === 'integer' || literal.type === 'decimal' ? literal.value : undefined;
    case 'integer':
    case 'picklist':
      return literal.type === 'integer' || literal.type === 'decimal' ? Number(literal.value) : undefined;
    case 'boolean':
      return literal.type === 'boolean' ? Number(literal.value) : undefined;
    case 'date':
    case 'datetime':
      return literal.type === 'datetime' || literal.type === 'date' ? literal.value : undefined;
  }
}

/** A text of `PropertyValues` as the literal that a column of this kind is compared with; undefined if it is none. */
export function literalForIn<Row>(column: Column<Row>, value: string): Literal | undefined {
  if (column.type === 'string' || column.type === 'memo') return { type: 'string', value };
  return literalOf(value);
}

/** The name of a literal's type in messages. */
export function literalTypeName(literal: Literal): string {
  switch (literal.type) {
    case 'null':
      return '<null>';
    case 'string':
      return 'Edm.String';
    case 'integer':
      return BigInt.asIntN(32, literal.value) === literal.value ? 'Edm.Int32' : 'Edm.Int64';
    case 'decimal':
      return 'Edm.Decimal';
    case 'guid':
      return 'Edm.Guid';
    case 'boolean':
      return 'Edm.Boolean';
    case 'datetime':
      return 'Edm.DateTimeOffset';
    case 'date':
      return 'Edm.Date';
  }
}
