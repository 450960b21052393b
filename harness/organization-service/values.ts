import { show } from '../expect.ts';
import { soapNamespaces, type Space } from './namespaces.ts';
import { soapChild, soapChildText, isNamed, type SoapElement } from './xml.ts';

/** A value of a parameter or an attribute, with the type that says what it is. */
export type TypedValue =
  | { readonly type: 'string' | 'dateTime' | 'decimal' | 'long' | 'guid'; readonly value: string }
  | { readonly type: 'int' | 'double' | 'OptionSetValue'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  /** Its digits, as they came. */
  | { readonly type: 'Money'; readonly value: string }
  | { readonly type: 'EntityReference'; readonly value: EntityReference }
  | { readonly type: 'Entity'; readonly value: Entity }
  | { readonly type: 'EntityCollection'; readonly value: readonly Entity[] }
  | { readonly type: 'ArrayOfstring' | 'ArrayOfguid'; readonly value: readonly string[] };

/** The types that the suite knows. */
export type ValueType = TypedValue['type'];

/** Values by name; null where a value is nil. */
export type Values = ReadonlyMap<string, TypedValue | null | OddValue>;

/** What stands where a value should be and is none of its type, or of a type that does not exist. */
interface OddValue {
  readonly type: 'odd';
  /** In words, e.g. `text without i:type`. */
  readonly value: string;
}

/** A row, as the organization service shows it. */
export interface Entity {
  readonly logicalName: string;
  readonly id: string;
  readonly attributes: Values;
  /** Labels by the name of the attribute. */
  readonly labels: ReadonlyMap<string, string>;
}

/** A row, named. */
interface EntityReference {
  readonly logicalName: string;
  readonly id: string;
}

/** The namespace of each type. */
export const spaceOf: Readonly<Record<ValueType, Space>> = {
  string: 'schema',
  int: 'schema',
  long: 'schema',
  boolean: 'schema',
  decimal: 'schema',
  double: 'schema',
  dateTime: 'schema',
  guid: 'serialization',
  OptionSetValue: 'contracts',
  Money: 'contracts',
  EntityReference: 'contracts',
  Entity: 'contracts',
  EntityCollection: 'contracts',
  ArrayOfstring: 'arrays',
  ArrayOfguid: 'arrays',
};

const spaces: ReadonlyMap<string, ValueType> = new Map(
  (Object.keys(spaceOf) as ValueType[]).map((type) => [`${soapNamespaces[spaceOf[type]]} ${type}`, type]),
);

/** The pairs of key and value in a collection, by key. */
export function readPairs(collection: SoapElement | undefined): Values {
  return new Map(
    (collection?.children ?? []).flatMap((pair) => {
      const key = soapChildText(pair, 'generic', 'key');
      const value = soapChild(pair, 'generic', 'value');
      return key === undefined ? [] : [[key, value === undefined ? null : readValue(value)] as const];
    }),
  );
}

/** A value with the type that `i:type` names; null where it is nil. */
function readValue(element: SoapElement): TypedValue | null | OddValue {
  if (element.nil) return null;
  const { type: name } = element;
  if (name === undefined)
    return { type: 'odd', value: 'a value without i:type, or with an unknown prefix in it' };
  const type = spaces.get(`${name.uri} ${name.local}`);
  if (type === undefined) return { type: 'odd', value: `a value of the type ${name.local} in ${name.uri}` };
  const value = readAs(type, element);
  if (value === undefined) return { type: 'odd', value: `${show(element.text)}, which is no ${type}` };
  return { type, value } as TypedValue;
}

const scalars: Readonly<Partial<Record<ValueType, (text: string) => string | number | boolean | undefined>>> =
  {
    int: (text) =>
      /^[+-]?\d+$/.test(text) && (Number(text) | 0) === Number(text) ? Number(text) : undefined,
    long: matching(/^[+-]?\d+$/),
    boolean: (text) => ({ true: true, '1': true, false: false, '0': false })[text],
    decimal: matching(/^[+-]?(?:\d+\.?\d*|\.\d+)$/),
    double: (text) => readDouble(text),
    dateTime: matching(/^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/),
    guid: matching(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i),
  };

function matching(pattern: RegExp): (text: string) => string | undefined {
  return (text) => (pattern.test(text) ? text : undefined);
}

function readDouble(text: string): number | undefined {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  return ({ INF: Infinity, '-INF': -Infinity, NaN: Number.NaN } as Record<string, number>)[text];
}

function readAs(type: ValueType, element: SoapElement): unknown {
  if (type === 'string') return element.text;
  const read = scalars[type];
  if (read !== undefined) return read(element.text.trim());
  switch (type) {
    case 'OptionSetValue':
      return scalars.int?.(soapChildText(element, 'contracts', 'Value')?.trim() ?? '');
    case 'Money':
      return scalars.decimal?.(soapChildText(element, 'contracts', 'Value')?.trim() ?? '');
    case 'EntityReference':
      return readReference(element);
    case 'Entity':
      return readEntity(element);
    case 'EntityCollection':
      return items(soapChild(element, 'contracts', 'Entities'), 'contracts', 'Entity').map(readEntity);
    case 'ArrayOfstring':
      return items(element, 'arrays', 'string').map(({ text }) => text);
    case 'ArrayOfguid':
      return items(element, 'arrays', 'guid').map(({ text }) => text);
    default:
      return undefined;
  }
}

/** The items of a list; as clients do, it passes over what is named otherwise. */
function items(list: SoapElement | undefined, space: Space, local: string): readonly SoapElement[] {
  return (list?.children ?? []).filter((each) => isNamed(each, space, local));
}

function readReference(element: SoapElement): EntityReference {
  return {
    logicalName: soapChildText(element, 'contracts', 'LogicalName')?.trim() ?? '',
    id: soapChildText(element, 'contracts', 'Id')?.trim().toLowerCase() ?? '',
  };
}

/** A row with its attributes and labels; what it lacks is empty. */
export function readEntity(element: SoapElement): Entity {
  const labels = (soapChild(element, 'contracts', 'FormattedValues')?.children ?? []).flatMap((pair) => {
    const [key, label] = [soapChildText(pair, 'generic', 'key'), soapChildText(pair, 'generic', 'value')];
    return key === undefined || label === undefined ? [] : [[key, label] as const];
  });
  return {
    ...readReference(element),
    attributes: readPairs(soapChild(element, 'contracts', 'Attributes')),
    labels: new Map(labels),
  };
}
