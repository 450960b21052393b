import type { Json, ParameterType } from '../core/operation.ts';
import { isObject } from '../plain.ts';

interface TypeRule {
  /** The type's name in the Web API. */
  readonly edm: string;
  readonly fits: (value: unknown) => boolean;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d)$/i;
const decimalBound = 100_000_000_000;

const isInt32 = (value: unknown) => typeof value === 'number' && (value | 0) === value;
const isDecimal = (value: unknown) => typeof value === 'number' && Math.abs(value) <= decimalBound;
/** Levels of nesting that an entity may have; more could be read, but not written again. */
const deepest = 100;
const isEntity = (value: unknown) => isObject(value) && !nestsDeeper(value, deepest);

const rules: Readonly<Record<ParameterType, TypeRule>> = {
  Boolean: { edm: 'Edm.Boolean', fits: (value) => typeof value === 'boolean' },
  DateTime: {
    edm: 'Edm.DateTimeOffset',
    fits: (value) => typeof value === 'string' && dateTime.test(value) && !Number.isNaN(Date.parse(value)),
  },
  Decimal: { edm: 'Edm.Decimal', fits: isDecimal },
  Entity: { edm: 'Microsoft.Dynamics.CRM.crmbaseentity', fits: isEntity },
  EntityCollection: {
    edm: 'Collection(Microsoft.Dynamics.CRM.crmbaseentity)',
    fits: (value) => Array.isArray(value) && value.every(isEntity),
  },
  EntityReference: { edm: 'Microsoft.Dynamics.CRM.crmbaseentity', fits: isEntity },
  Float: {
    edm: 'Edm.Double',
    fits: (value) => typeof value === 'number' || value === 'INF' || value === '-INF' || value === 'NaN',
  },
  Integer: { edm: 'Edm.Int32', fits: isInt32 },
  Money: { edm: 'Edm.Decimal', fits: isDecimal },
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

/** Whether a JSON value is one of the type; null is of none. */
export function fitsType(type: ParameterType, value: unknown): value is Json {
  return rules[type].fits(value);
}

/** The name of the type in the Web API, e.g. `Edm.Int32`. */
export function edmType(type: ParameterType): string {
  return rules[type].edm;
}

/** Whether a text is a GUID in its usual form. */
export function isGuid(text: string): boolean {
  return guid.test(text);
}
