import { formattedValue } from '../../contract/vocabulary.ts';
import type { Json } from '../core/operation.ts';
import type { Kind } from './kinds.ts';
import { kindNamed, odataTypes } from './kinds.ts';
import { isScalarKind, readInt, scalars } from './scalars.ts';
import type { XmlElement } from './xml-element.ts';
import { childOf, childText } from './xml-reader.ts';

/** Where a row's table is named in the JSON of the Web API. */
export const tablePrefix = 'Microsoft.Dynamics.CRM.';
const emptyGuid = '00000000-0000-0000-0000-000000000000';

/** The JSON value, as the Web API has it, of an element of a type; undefined if it is not of that type. */
export function readAs(kind: Kind, element: XmlElement): Json | undefined {
  if (isScalarKind(kind)) {
    return scalars[kind].read(kind === 'string' ? element.text : element.text.trim());
  }
  switch (kind) {
    case 'option':
      return readInt(childText(element, 'a', 'Value') ?? '');
    case 'options':
      return all(element.children, (each) => readAs('option', each));
    case 'money':
      return scalars.decimal.read(childText(element, 'a', 'Value') ?? '');
    case 'reference':
      return readReference(element);
    case 'references':
      return all(element.children, readReference);
    case 'entity':
      return readEntity(element);
    case 'collection':
      return all(childOf(element, 'a', 'Entities')?.children ?? [], readEntity);
    case 'strings':
      return all(element.children, ({ text }) => text);
    case 'guids':
      return all(element.children, ({ text }) => scalars.guid.read(text.trim()));
  }
}

/** A value of any type with its type; undefined if its type is unknown, or it is not of its type. Null has no type. */
function readAny(element: XmlElement): { readonly kind: Kind | undefined; readonly value: Json } | undefined {
  if (element.nil) return { kind: undefined, value: null };
  const kind = kindNamed(element);
  const value = kind === undefined ? undefined : readAs(kind, element);
  return value === undefined ? undefined : { kind, value };
}

/** The pairs of key and value of a collection; a pair without a key is passed over. */
export function pairsOf(element: XmlElement | undefined): readonly (readonly [string, XmlElement])[] {
  return (element?.children ?? []).flatMap((pair) => {
    const key = childOf(pair, 'b', 'key')?.text.trim();
    const value = childOf(pair, 'b', 'value');
    return key === undefined || key === '' || value === undefined ? [] : [[key, value] as const];
  });
}

/** The table and the id of an `Entity` or `EntityReference`. */
export function identityOf(element: XmlElement): { readonly table: string | undefined; readonly id: string } {
  const id = scalars.guid.read(childText(element, 'a', 'Id') ?? '') ?? emptyGuid;
  return { table: childText(element, 'a', 'LogicalName'), id };
}

/** The attributes of an `Entity` as a JSON object; undefined if one cannot be read. */
export function readAttributes(element: XmlElement): Record<string, Json> | undefined {
  return attributes(childOf(element, 'a', 'Attributes'));
}

function attributes(from: XmlElement | undefined): Record<string, Json> | undefined {
  const json: Record<string, Json> = {};
  for (const [name, each] of pairsOf(from)) {
    const read = readAny(each);
    if (read === undefined) return undefined;
    const type = read.kind === undefined ? undefined : odataTypes[read.kind];
    if (type !== undefined) json[`${name}@odata.type`] = type;
    json[name] = read.value;
  }
  return json;
}

function readEntity(element: XmlElement): Json | undefined {
  const { table, id } = identityOf(element);
  const own = readAttributes(element);
  if (table === undefined || own === undefined) return undefined;
  const labels = pairsOf(childOf(element, 'a', 'FormattedValues')).map(([name, { text }]) => [
    `${name}@${formattedValue}`,
    text,
  ]);
  return { ...head(table, id, own), ...version(element), ...own, ...Object.fromEntries(labels) };
}

function readReference(element: XmlElement): Json | undefined {
  const { table, id } = identityOf(element);
  const keys = attributes(childOf(element, 'a', 'KeyAttributes'));
  if (table === undefined || keys === undefined) return undefined;
  const name = childText(element, 'a', 'Name');
  const label = name === undefined ? {} : { [`@${formattedValue}`]: name };
  return { ...head(table, id, keys), ...version(element), ...label, ...keys };
}

function head(table: string, id: string, own: Readonly<Record<string, Json>>): Record<string, Json> {
  const key = `${table}id`;
  return {
    '@odata.type': `${tablePrefix}${table}`,
    ...(id === emptyGuid || Object.hasOwn(own, key) ? {} : { [key]: id }),
  };
}

function version(element: XmlElement): Record<string, Json> {
  const found = childText(element, 'a', 'RowVersion');
  return found === undefined ? {} : { '@odata.etag': `W/"${found}"` };
}

function all<Item>(
  elements: readonly XmlElement[],
  read: (element: XmlElement) => Item | undefined,
): Item[] | undefined {
  const items: Item[] = [];
  for (const element of elements) {
    const item = read(element);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}
