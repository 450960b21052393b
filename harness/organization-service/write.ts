import { soapNamespaces, type Space } from './namespaces.ts';
import { spaceOf, type Entity, type TypedValue } from './values.ts';

/** A request of the organization service; a value may be a request itself, which is then nested. */
export interface SoapMessage {
  readonly name: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** The class of a typed request, e.g. `RetrieveRequest`; absent for a plain `OrganizationRequest`. */
  readonly className?: string;
}

/** What a parameter may be; null is sent as nil. */
export type Parameter =
  TypedValue | { readonly type: 'request'; readonly value: SoapMessage } | ColumnSet | null;

/** Which columns a row is asked for: those of some names, or all. */
export type Columns = readonly string[] | 'all';

interface ColumnSet {
  readonly type: 'ColumnSet';
  readonly value: Columns;
}

/** The prefixes that the suite writes. They are its own: a target has to resolve them. */
const prefixes: Readonly<Record<Space, string>> = {
  soap: 'env',
  services: 'svc',
  contracts: 'con',
  generic: 'gen',
  arrays: 'arr',
  serialization: 'ser',
  schema: 'xsd',
  instance: 'xsi',
};

const declarations = (Object.keys(prefixes) as Space[])
  .map((space) => ` xmlns:${prefixes[space]}="${soapNamespaces[space]}"`)
  .join('');

const special: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};

/** Text of a document. Characters beyond U+FFFF are written as references, every other one of them as itself. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"\r]/g, (sign) => special[sign] ?? sign)
    .replaceAll(/[\u{10000}-\u{10ffff}]/gu, (sign) => {
      const code = sign.codePointAt(0) ?? 0;
      return code % 2 === 0 ? `&#${code};` : sign;
    });
}

function tag(space: Space, local: string, content: string, attributes = ''): string {
  const name = `${prefixes[space]}:${local}`;
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}

const typed = (space: Space, local: string): string => ` xsi:type="${prefixes[space]}:${local}"`;
const nil = ' xsi:nil="true"';

/** A SOAP 1.1 envelope around the content of a body. */
function envelope(content: string): string {
  return `<env:Envelope${declarations}><env:Body>${content}</env:Body></env:Envelope>`;
}

/** `Execute` of a message. */
export function executeEnvelope(message: SoapMessage): string {
  const { className } = message;
  const type = className === undefined ? '' : typed('contracts', className);
  return envelope(tag('services', 'Execute', tag('services', 'request', request(message), type)));
}

/** The operation `Retrieve`. */
export function retrieveEnvelope(table: string, id: string, columns: Columns): string {
  const parts = [
    tag('services', 'entityName', escaped(table)),
    tag('services', 'id', escaped(id)),
    tag('services', 'columnSet', columnSet(columns)),
  ];
  return envelope(tag('services', 'Retrieve', parts.join('')));
}

/** The operation `Update`. */
export function updateEnvelope(entity: Entity): string {
  return envelope(tag('services', 'Update', tag('services', 'entity', entityContent(entity))));
}

function request({ name, parameters }: SoapMessage): string {
  return [
    tag('contracts', 'Parameters', pairs(Object.entries(parameters))),
    tag('contracts', 'RequestId', '', nil),
    tag('contracts', 'RequestName', escaped(name)),
  ].join('');
}

function pairs(values: Iterable<readonly [string, Parameter | { readonly type: 'odd' }]>): string {
  return [...values]
    .map(([key, value]) =>
      tag('contracts', 'KeyValuePairOfstringanyType', tag('generic', 'key', escaped(key)) + valueTag(value)),
    )
    .join('');
}

function valueTag(given: Parameter | { readonly type: 'odd' }): string {
  if (given === null || given.type === 'odd') return tag('generic', 'value', '', nil);
  if (given.type === 'request')
    return tag(
      'generic',
      'value',
      request(given.value),
      typed('contracts', given.value.className ?? 'OrganizationRequest'),
    );
  if (given.type === 'ColumnSet')
    return tag('generic', 'value', columnSet(given.value), typed('contracts', 'ColumnSet'));
  return tag('generic', 'value', content(given), typed(spaceOf[given.type], given.type));
}

function content({ type, value }: TypedValue): string {
  switch (type) {
    case 'OptionSetValue':
    case 'Money':
      return tag('contracts', 'Value', String(value));
    case 'EntityReference':
      return tag('contracts', 'Id', value.id) + tag('contracts', 'LogicalName', escaped(value.logicalName));
    case 'Entity':
      return entityContent(value);
    case 'EntityCollection':
      return collectionContent(value);
    case 'ArrayOfstring':
      return value.map((each) => tag('arrays', 'string', escaped(each))).join('');
    case 'ArrayOfguid':
      return value.map((each) => tag('arrays', 'guid', each)).join('');
    case 'double':
      return Number.isFinite(value) ? String(value) : String(value).replace('Infinity', 'INF');
    default:
      return escaped(String(value));
  }
}

function collectionContent(entities: readonly Entity[]): string {
  return [
    tag(
      'contracts',
      'Entities',
      entities.map((each) => tag('contracts', 'Entity', entityContent(each))).join(''),
    ),
    tag('contracts', 'EntityName', escaped(entities[0]?.logicalName ?? '')),
    tag('contracts', 'MoreRecords', 'false'),
  ].join('');
}

/** The members of a row that a client sends, in the order of its data contract. */
function entityContent({ logicalName, id, attributes, labels }: Entity): string {
  const shown = [...labels].map(([key, label]) =>
    tag(
      'contracts',
      'KeyValuePairOfstringstring',
      tag('generic', 'key', escaped(key)) + tag('generic', 'value', escaped(label)),
    ),
  );
  return [
    tag('contracts', 'Attributes', pairs(attributes)),
    tag('contracts', 'EntityState', '', nil),
    tag('contracts', 'FormattedValues', shown.join('')),
    tag('contracts', 'Id', id),
    tag('contracts', 'KeyAttributes', ''),
    tag('contracts', 'LogicalName', escaped(logicalName)),
    tag('contracts', 'RelatedEntities', ''),
    tag('contracts', 'RowVersion', '', nil),
  ].join('');
}

function columnSet(columns: Columns): string {
  const names = columns === 'all' ? [] : columns;
  return [
    tag('contracts', 'AllColumns', String(columns === 'all')),
    tag('contracts', 'Columns', names.map((column) => tag('arrays', 'string', escaped(column))).join('')),
  ].join('');
}
