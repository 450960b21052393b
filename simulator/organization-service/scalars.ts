import type { Json } from '../core/operation.ts';
import { isGuidText } from '../custom-apis/parameter-types.ts';
import { exactNumber, isExactNumber } from '../http/exact-json.ts';
import { readDecimal, writeDecimal } from './decimals.ts';
import type { Prefix } from './namespaces.ts';

/** A type whose values are one text. */
export interface Scalar {
  readonly type: readonly [Prefix, string];
  /** The JSON value of the Web API; undefined if the text is not of the type. */
  readonly read: (text: string) => Json | undefined;
  readonly write: (value: Json) => string;
}

const whole = /^[+-]?\d{1,40}$/;

function readLong(text: string): Json | undefined {
  if (!whole.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  if (BigInt.asIntN(64, value) !== value) return undefined;
  return Number.isSafeInteger(Number(value)) ? Number(value) : exactNumber(String(value));
}

/** Reads a whole number of 32 bits. */
export function readInt(text: string): number | undefined {
  const value = whole.test(text) ? Number(text) : NaN;
  return (value | 0) === value ? value : undefined;
}

const double = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function readDouble(text: string): Json | undefined {
  if (text === 'INF' || text === '-INF' || text === 'NaN') return text;
  const value = double.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

const instant = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,30}))?(Z|[+-]\d\d:\d\d)?$/;

/** An instant as UTC; a time without a zone is taken for UTC, as Dataverse does. .NET has seven digits of a second. */
function readInstant(text: string): string | undefined {
  const [, seconds, fraction = '', zone = 'Z'] = instant.exec(text) ?? [];
  const time = seconds === undefined ? NaN : Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(time)) return undefined;
  const digits = fraction.slice(0, 7);
  return `${new Date(time).toISOString().slice(0, 19)}${digits === '' ? '' : `.${digits}`}Z`;
}

function writeInstant(value: Json): string {
  const text = String(value).toUpperCase();
  const withSeconds = text.replace(/(T\d\d:\d\d)(?=Z|[+-])/, '$1:00');
  return readInstant(withSeconds) ?? text;
}

const plain = (value: Json): string => (isExactNumber(value) ? value.rawJSON : String(value));

const readGuid = (text: string) => {
  const bare = text.replace(/^\{(.*)\}$/, '$1');
  return isGuidText(bare) ? bare.toLowerCase() : undefined;
};

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The types with one text, by the name that the simulator calls them. */
export const scalars = {
  string: { type: ['c', 'string'], read: (text) => text, write: plain },
  int: { type: ['c', 'int'], read: readInt, write: plain },
  long: { type: ['c', 'long'], read: readLong, write: plain },
  boolean: {
    type: ['c', 'boolean'],
    read: (text) => (/^(true|1)$/.test(text) ? true : /^(false|0)$/.test(text) ? false : undefined),
    write: plain,
  },
  decimal: { type: ['c', 'decimal'], read: readDecimal, write: writeDecimal },
  double: { type: ['c', 'double'], read: readDouble, write: plain },
  dateTime: { type: ['c', 'dateTime'], read: readInstant, write: writeInstant },
  bytes: {
    type: ['c', 'base64Binary'],
    read: (text) => (base64.test(text) ? text : undefined),
    write: plain,
  },
  guid: { type: ['q', 'guid'], read: readGuid, write: (value) => plain(value).toLowerCase() },
} as const satisfies Readonly<Record<string, Scalar>>;

/** The name of such a type. */
export type ScalarKind = keyof typeof scalars;

/** Whether a type has one text. */
export function isScalarKind(kind: string): kind is ScalarKind {
  return Object.hasOwn(scalars, kind);
}
