import type { ParameterType } from '../core/operation.ts';
import type { Prefix } from './namespaces.ts';
import { namespaces } from './namespaces.ts';
import type { ScalarKind } from './scalars.ts';
import { scalars } from './scalars.ts';
import type { XmlElement } from './xml-element.ts';

/** The types of values, by the name that the simulator calls them. */
export type Kind =
  | ScalarKind
  | 'option'
  | 'options'
  | 'money'
  | 'reference'
  | 'references'
  | 'entity'
  | 'collection'
  | 'strings'
  | 'guids';

/** How `i:type` names each type. */
export const typeNames: Readonly<Record<Kind, readonly [Prefix, string]>> = {
  string: scalars.string.type,
  int: scalars.int.type,
  long: scalars.long.type,
  boolean: scalars.boolean.type,
  decimal: scalars.decimal.type,
  double: scalars.double.type,
  dateTime: scalars.dateTime.type,
  guid: scalars.guid.type,
  bytes: scalars.bytes.type,
  option: ['a', 'OptionSetValue'],
  options: ['p', 'OptionSetValueCollection'],
  money: ['a', 'Money'],
  reference: ['a', 'EntityReference'],
  references: ['a', 'EntityReferenceCollection'],
  entity: ['a', 'Entity'],
  collection: ['a', 'EntityCollection'],
  strings: ['d', 'ArrayOfstring'],
  guids: ['d', 'ArrayOfguid'],
};

const kindsByName = new Map<string, Kind>(
  (Object.keys(typeNames) as Kind[]).map((kind) => {
    const [prefix, local] = typeNames[kind];
    return [`${namespaces[prefix]} ${local}`, kind];
  }),
);

/** The type that `i:type` names; undefined for any other, and without it. */
export function kindNamed({ type }: XmlElement): Kind | undefined {
  return type === undefined ? undefined : kindsByName.get(`${type.uri} ${type.local}`);
}

/** How the values of a parameter travel. */
export const kindOfParameter: Readonly<Record<ParameterType, Kind>> = {
  Boolean: 'boolean',
  DateTime: 'dateTime',
  Decimal: 'decimal',
  Entity: 'entity',
  EntityCollection: 'collection',
  EntityReference: 'reference',
  Float: 'double',
  Integer: 'int',
  Money: 'money',
  Picklist: 'option',
  String: 'string',
  StringArray: 'strings',
  Guid: 'guid',
};

/**
 * `odata.type` of an attribute whose type its JSON value does not tell. With it, an entity that came as XML
 * is written as XML again without a loss.
 */
export const odataTypes: Readonly<Partial<Record<Kind, string>>> = {
  long: '#Int64',
  decimal: '#Decimal',
  double: '#Double',
  dateTime: '#DateTimeOffset',
  guid: '#Guid',
  bytes: '#Binary',
  option: '#Microsoft.Dynamics.CRM.OptionSetValue',
  options: '#Collection(Microsoft.Dynamics.CRM.OptionSetValue)',
  money: '#Microsoft.Dynamics.CRM.Money',
  reference: '#Microsoft.Dynamics.CRM.EntityReference',
  references: '#Collection(Microsoft.Dynamics.CRM.EntityReference)',
  entity: '#Microsoft.Dynamics.CRM.Entity',
  collection: '#Collection(Microsoft.Dynamics.CRM.crmbaseentity)',
  strings: '#Collection(String)',
  guids: '#Collection(Guid)',
};

/** The type that an `odata.type` names. */
export const kindOfOdataType: ReadonlyMap<unknown, Kind> = new Map(
  (Object.keys(odataTypes) as Kind[]).map((kind) => [odataTypes[kind], kind]),
);
