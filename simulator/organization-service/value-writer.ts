import { formattedValue } from '../../contract/vocabulary.ts';
import type { Json } from '../core/operation.ts';
import { isGuidText } from '../custom-apis/parameter-types.ts';
import { isExactNumber } from '../http/exact-json.ts';
import { isJsonObject } from '../plain.ts';
import type { Kind } from './kinds.ts';
import { kindOfOdataType, typeNames } from './kinds.ts';
import { isScalarKind, scalars } from './scalars.ts';
import { tablePrefix } from './value-reader.ts';
import { escaped, nil, tag, textTag } from './xml-writer.ts';

/** A value with its type; null has none. */
export interface Typed {
  readonly kind: Kind | undefined;
  readonly value: Json;
}

/** A row as the organization service shows it. */
export interface EntityRow {
  readonly table: string;
  readonly id: string;
  readonly attributes: readonly (readonly [name: string, value: Typed])[];
  readonly labels: readonly (readonly [name: string, label: string])[];
  readonly version: string | undefined;
}

const emptyGuid = '00000000-0000-0000-0000-000000000000';

/** `KeyValuePairOfstringanyType`: a name with a value of any type. */
export function pair(
  name: string,
  { kind, value }: Typed,
  itemName = 'a:KeyValuePairOfstringanyType',
): string {
  const key = textTag('b:key', name);
  if (kind === undefined || value === null) return tag(itemName, key + nil('b:value'));
  return tag(itemName, key + typed('b:value', kind, value));
}

/** An element that names its type, with the value. */
function typed(name: string, kind: Kind, value: Json): string {
  return tag(name, content(kind, value), `i:type="${typeNames[kind].join(':')}"`);
}

function content(kind: Kind, value: Json): string {
  if (isScalarKind(kind)) return escaped(scalars[kind].write(value));
  switch (kind) {
    case 'option':
      return textTag('a:Value', scalars.int.write(value));
    case 'options':
      return list(value)
        .map((each) => tag('p:OptionSetValue', content('option', each)))
        .join('');
    case 'money':
      return textTag('a:Value', scalars.decimal.write(value));
    case 'reference':
      return referenceContent(value);
    case 'references':
      return list(value)
        .map((each) => tag('a:EntityReference', referenceContent(each)))
        .join('');
    case 'entity':
      return entityContent(rowOf(value));
    case 'collection':
      return collectionContent(list(value).map(rowOf));
    case 'strings':
      return list(value)
        .map((each) => textTag('d:string', each === null ? undefined : String(each)))
        .join('');
    case 'guids':
      return list(value)
        .map((each) => textTag('d:guid', scalars.guid.write(each)))
        .join('');
  }
}

/** The members of an `EntityCollection`, in the order of its data contract. */
export function collectionContent(
  rows: readonly EntityRow[],
  { name, more = false, cookie, total = -1, exceeded = false }: Collection = {},
): string {
  return [
    tag('a:Entities', rows.map((row) => tag('a:Entity', entityContent(row))).join('')),
    textTag('a:EntityName', name ?? rows[0]?.table),
    textTag('a:MinActiveRowVersion', '-1'),
    textTag('a:MoreRecords', String(more)),
    textTag('a:PagingCookie', cookie),
    textTag('a:TotalRecordCount', String(total)),
    textTag('a:TotalRecordCountLimitExceeded', String(exceeded)),
  ].join('');
}

/** What a collection says besides its rows. */
export interface Collection {
  readonly name?: string;
  readonly more?: boolean;
  readonly cookie?: string | undefined;
  readonly total?: number;
  readonly exceeded?: boolean;
}

/** The members of an `Entity`, in the order of its data contract: what is out of order, the SDK drops silently. */
export function entityContent({ table, id, attributes, labels, version }: EntityRow): string {
  const shown = labels.map(([name, label]) =>
    tag('a:KeyValuePairOfstringstring', textTag('b:key', name) + textTag('b:value', label)),
  );
  return [
    tag('a:Attributes', attributes.map(([name, value]) => pair(name, value)).join('')),
    nil('a:EntityState'),
    tag('a:FormattedValues', shown.join('')),
    textTag('a:Id', id),
    tag('a:KeyAttributes'),
    textTag('a:LogicalName', table),
    tag('a:RelatedEntities'),
    textTag('a:RowVersion', version),
  ].join('');
}

function referenceContent(value: Json): string {
  const { table, id, attributes, version } = rowOf(value);
  const name = isJsonObject(value) ? value[`@${formattedValue}`] : undefined;
  const keys = attributes.map(([key, each]) => pair(key, each, 'e:KeyValuePairOfstringanyType'));
  return [
    textTag('a:Id', id),
    tag('a:KeyAttributes', keys.join('')),
    textTag('a:LogicalName', table),
    textTag('a:Name', typeof name === 'string' ? name : undefined),
    textTag('a:RowVersion', version),
  ].join('');
}

/** A JSON row of the Web API as an entity: what its annotations do not say, its values do. */
function rowOf(value: Json): EntityRow {
  const row = isJsonObject(value) ? (value as Readonly<Record<string, Json>>) : {};
  const key = keyOf(row);
  const table = tableOf(row) ?? key?.replace(/id$/, '') ?? '';
  const names = Object.keys(row).filter((name) => !name.includes('@'));
  const shown = names.filter((name) => name !== key || row[`${name}@odata.type`] !== undefined);
  const etag = /^W\/"(.*)"$/.exec(String(row['@odata.etag'] ?? ''))?.[1];
  return {
    table,
    id: key === undefined ? emptyGuid : String(row[key]).toLowerCase(),
    attributes: shown.map((name) => [name, typedBy(row[`${name}@odata.type`], row[name] ?? null)]),
    labels: Object.entries(row).flatMap(([name, label]) =>
      name.endsWith(`@${formattedValue}`) && !name.startsWith('@')
        ? [[name.slice(0, -formattedValue.length - 1), String(label)] as const]
        : [],
    ),
    version: etag,
  };
}

function tableOf(row: Readonly<Record<string, Json>>): string | undefined {
  const type = row['@odata.type'];
  if (typeof type !== 'string') return undefined;
  const name = type.replace(/^#/, '');
  return name.startsWith(tablePrefix) ? name.slice(tablePrefix.length) : name;
}

/** The member that is the row's key: that of its table, or the first that looks like one. */
function keyOf(row: Readonly<Record<string, Json>>): string | undefined {
  const isKey = (name: string) => typeof row[name] === 'string' && isGuidText(row[name]);
  const own = `${tableOf(row) ?? ''}id`;
  if (isKey(own)) return own;
  const candidates = Object.keys(row).filter(
    (name) => /^[a-z0-9_]+id$/.test(name) && row[`${name}@odata.type`] === undefined,
  );
  return candidates.find(isKey);
}

function typedBy(type: Json | undefined, value: Json): Typed {
  if (value === null) return { kind: undefined, value };
  const named = kindOfOdataType.get(type);
  if (named !== undefined) return { kind: named, value };
  if (typeof value === 'string') return { kind: 'string', value };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (Array.isArray(value)) return { kind: value.every(isJsonObject) ? 'collection' : 'strings', value };
  if (isExactNumber(value)) return { kind: 'decimal', value };
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return { kind: 'double', value };
    return { kind: (value | 0) === value ? 'int' : 'decimal', value };
  }
  return { kind: 'entity', value };
}

function list(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
