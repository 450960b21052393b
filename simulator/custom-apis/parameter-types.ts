import type { Json, ParameterType } from '../core/operation.ts';
import { isExactNumber, type ExactNumber } from '../http/exact-json.ts';
import { isJsonObject } from '../plain.ts';

interface TypeRule {
  /** The type's name in the Web API. */
  readonly edm: string;
  readonly fits: (value: unknown) => boolean;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d)$/i;
/** Bounds of `System.Decimal`, and of Dataverse's money. The narrower ones of decimal columns are not those of parameters. */
const decimalBound = 79_228_162_514_264_337_593_543_950_335n;
const moneyBound = 922_337_203_685_477n;
/** Digits that `System.Decimal` keeps. */
const decimalDigits = 29;

const isInt32 = (value: unknown) => typeof value === 'number' && (value | 0) === value;
const isNumber = (value: unknown) => Number.isFinite(value) || isExactNumber(value);

/** Whether a value is a number between -bound and bound that `System.Decimal` can keep. */
function isDecimal(value: unknown, bound: bigint): boolean {
  if (!isNumber(value)) return false;
  const text = typeof value === 'number' ? String(value) : (value as ExactNumber).rawJSON;
  const form = decimalForm.exec(text);
  if (form === null) return false;
  const [, whole = '', fraction = '', exponent = '0'] = form;
  const shift = Number(exponent);
  if (Math.abs(shift) > 60) return false;
  const digits = (whole + fraction).replace(/^0+/, '').replace(/0+$/, '');
  const point = whole.length + shift;
  const integral = (whole + fraction).padEnd(Math.max(0, point), '0').slice(0, Math.max(0, point));
  return digits.length <= decimalDigits && BigInt(integral === '' ? '0' : integral) <= bound;
}

const decimalForm = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;
/** Levels of nesting that an entity may have; more could be read, but not written again. */
const deepest = 100;
const isEntity = (value: unknown) => isJsonObject(value) && !nestsDeeper(value, deepest);

const rules: Readonly<Record<ParameterType, TypeRule>> = {
  Boolean: { edm: 'Edm.Boolean', fits: (value) => typeof value === 'boolean' },
  DateTime: {
    edm: 'Edm.DateTimeOffset',
    fits: (value) => typeof value === 'string' && dateTime.test(value) && !Number.isNaN(Date.parse(value)),
  },
  Decimal: { edm: 'Edm.Decimal', fits: (value) => isDecimal(value, decimalBound) },
  Entity: { edm: 'Microsoft.Dynamics.CRM.crmbaseentity', fits: isEntity },
  EntityCollection: {
    edm: 'Collection(Microsoft.Dynamics.CRM.crmbaseentity)',
    fits: (value) => Array.isArray(value) && value.every(isEntity),
  },
  EntityReference: { edm: 'Microsoft.Dynamics.CRM.crmbaseentity', fits: isEntity },
  Float: {
    edm: 'Edm.Double',
    fits: (value) => isNumber(value) || value === 'INF' || value === '-INF' || value === 'NaN',
  },
  Integer: { edm: 'Edm.Int32', fits: isInt32 },
  Money: { edm: 'Edm.Decimal', fits: (value) => isDecimal(value, moneyBound) },
  Picklist: { edm: 'Edm.Int32', fits: isInt32 },
  String: { edm: 'Edm.String', fits: (value) => typeof value === 'string' },
  StringArray: {
    edm: 'Collection(Edm.String)',
    fits: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  },
  Guid: { edm: 'Edm.Guid', fits: (value) => typeof value === 'string' && guid.test(value) },
};

function nestsDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => nestsDeeper(each, levels - 1));
}

/** Members that clients take over from other libraries, and that no table has as a column. */
const notColumns = new Set([
  'id',
  'logicalname',
  'entitytype',
  'primarykeyid',
  'keyattributes',
  'rowversion',
]);
const columnName = /^[a-z_][a-z0-9_]*$/;

/**
 * A member of an entity, or of a reference to one, that its table cannot have; undefined if all can be columns.
 * A reference names its row: by the table's key (`accountid`, `activityid`), an annotation or an alternate key.
 */
export function strangeMember(
  type: ParameterType,
  value: unknown,
): { readonly member: string; readonly table: string } | undefined {
  const rows = type === 'EntityCollection' ? value : [value];
  if (type !== 'Entity' && type !== 'EntityReference' && type !== 'EntityCollection') return undefined;
  for (const row of rows as readonly Record<string, unknown>[]) {
    const table = String(row['@odata.type'] ?? 'Microsoft.Dynamics.CRM.crmbaseentity').replace(/^#/, '');
    const names = Object.keys(row).map((name) => name.split('@', 1)[0] ?? '');
    const member = names.find(
      (name) => name !== '' && (notColumns.has(name.toLowerCase()) || !columnName.test(name)),
    );
    if (member !== undefined) return { member, table };
  }
  return undefined;
}

/** Whether a JSON value is one of the type; null is of none. */
export function fitsType(type: ParameterType, value: unknown): value is Json {
  return rules[type].fits(value);
}

/** The name of the type in the Web API, e.g. `Edm.Int32`. */
export function edmType(type: ParameterType): string {
  return rules[type].edm;
}

/** Whether a text is a GUID in its usual form. */
export function isGuidText(text: string): boolean {
  return guid.test(text);
}
