/** SOAP 1.1 messages of the organization service, read and written. */
import { randomUUID } from 'node:crypto';
import { escaped, parse } from './xml.mjs';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const CONTRACTS = 'http://schemas.microsoft.com/xrm/2011/Contracts';
const SERVICES = `${CONTRACTS}/Services`;
const GENERIC = 'http://schemas.datacontract.org/2004/07/System.Collections.Generic';
const SCHEMA = 'http://www.w3.org/2001/XMLSchema';
const SERIALIZATION = 'http://schemas.microsoft.com/2003/10/Serialization/';
const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** The type of a String, as a parsed element has it. */
export const STRING = `${SCHEMA} string`;

/** The child of a name; undefined where there is none, or it is nil. */
export function child(element, local, uri = CONTRACTS) {
  const found = element?.children.find((one) => one.local === local && one.uri === uri);
  return found === undefined || found.nil ? undefined : found;
}

/** The pairs of a collection: elements by key. */
export function pairs(collection) {
  return new Map(
    (collection?.children ?? []).map((pair) => {
      const value = pair.children.find((one) => one.local === 'value' && one.uri === GENERIC);
      return [child(pair, 'key', GENERIC)?.text.trim(), value];
    }),
  );
}

/** A request with its name and its parameters, nested ones too. */
export function messageOf(request) {
  const name = child(request, 'RequestName')?.text.trim();
  return name === undefined ? undefined : { name, parameters: pairs(child(request, 'Parameters')) };
}

/**
 * What a request asks for: `{ operation, element }`.
 *
 * @throws {Error} for what is no envelope
 */
export function readEnvelope(text) {
  const root = parse(text);
  const element = child(root, 'Body', SOAP)?.children[0];
  if (root.local !== 'Envelope' || root.uri !== SOAP || element?.uri !== SERVICES)
    throw new Error('it is no SOAP 1.1 envelope with an operation of the service');
  return { operation: element.local, element, argument: (local) => child(element, local, SERVICES) };
}

const PREFIXES = `xmlns:n0="${CONTRACTS}" xmlns:n1="${GENERIC}" xmlns:n2="${SCHEMA}" xmlns:n3="${SERIALIZATION}" xmlns:n4="${ARRAYS}" xmlns:xsi="${INSTANCE}"`;

/** How each kind of value is written: its type, and its content from what it is here. */
const KINDS = {
  String: ['n2:string', (value) => escaped(value)],
  Integer: ['n2:int', String],
  Long: ['n2:long', String],
  Boolean: ['n2:boolean', String],
  Decimal: [
    'n2:decimal',
    (value) => value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }),
  ],
  DateTime: ['n2:dateTime', String],
  Guid: ['n3:guid', (value) => value.toLowerCase()],
  Picklist: ['n0:OptionSetValue', (value) => `<n0:Value>${value}</n0:Value>`],
  Lookup: [
    'n0:EntityReference',
    (value) => `<n0:Id>${value}</n0:Id><n0:LogicalName>systemuser</n0:LogicalName>`,
  ],
  Entity: ['n0:Entity', String],
};

/** A pair of key and value; null is nil. */
export function pair(name, kind, value) {
  const [type, write] = KINDS[kind];
  const content =
    value === null ? '<n1:value xsi:nil="1"/>' : `<n1:value xsi:type="${type}">${write(value)}</n1:value>`;
  return `<n0:KeyValuePairOfstringanyType><n1:key>${escaped(name)}</n1:key>${content}</n0:KeyValuePairOfstringanyType>`;
}

/** A row: nothing but what a client needs of it, and something that it does not know. */
export function entity({ logicalName, id, attributes, labels }) {
  const formatted = labels.map(
    ([name, label]) =>
      `<n0:KeyValuePairOfstringstring><n1:key>${name}</n1:key><n1:value>${escaped(label)}</n1:value></n0:KeyValuePairOfstringstring>`,
  );
  return [
    `<n0:Attributes>${attributes.map(([name, kind, value]) => pair(name, kind, value)).join('')}</n0:Attributes>`,
    `<n0:FormattedValues>${formatted.join('')}</n0:FormattedValues><n0:HasLazyFileAttribute>false</n0:HasLazyFileAttribute>`,
    `<n0:Id>${id}</n0:Id><n0:LogicalName>${logicalName}</n0:LogicalName>`,
  ].join('');
}

/** The response of `Execute`; `type` is the class of a typed one. */
export function executed(name, results, type) {
  const typed = type === undefined ? '' : ` xsi:type="n0:${type}"`;
  return responded(
    'Execute',
    `<n0:ResponseName>${name}</n0:ResponseName><n0:Results>\n${results.join('\n')}\n</n0:Results>`,
    typed,
  );
}

/** The response of an operation, with a result or without. */
export function responded(operation, result, typed = '') {
  const inner = result === undefined ? '' : `<${operation}Result${typed}>${result}</${operation}Result>`;
  return answer(200, `<${operation}Response xmlns="${SERVICES}" ${PREFIXES}>${inner}</${operation}Response>`);
}

/** A fault with its detail; the code is signed. */
export function fault(code, message, now) {
  const detail = [
    `<n0:ActivityId>${randomUUID()}</n0:ActivityId><n0:ErrorCode>${code}</n0:ErrorCode><n0:ErrorDetails/>`,
    `<n0:Message>${escaped(message)}</n0:Message><n0:Timestamp>${new Date(now).toISOString()}</n0:Timestamp>`,
  ];
  return answer(
    500,
    `<S:Fault><faultcode>S:Client</faultcode><faultstring>${escaped(message)}</faultstring><detail><n0:OrganizationServiceFault ${PREFIXES}>${detail.join('')}</n0:OrganizationServiceFault></detail></S:Fault>`,
  );
}

function answer(status, content) {
  return {
    status,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `<?xml version="1.0" encoding="utf-8"?>\n<S:Envelope xmlns:S="${SOAP}"><S:Header/><S:Body>${content}</S:Body></S:Envelope>`,
  };
}

const SCOPE = { [CONTRACTS]: 'n0', [GENERIC]: 'n1', [SCHEMA]: 'n2', [SERIALIZATION]: 'n3', [ARRAYS]: 'n4' };

/** A pair with a value as it was read, whatever its type: all of it is written again. */
export function samePair(name, value) {
  return `<n0:KeyValuePairOfstringanyType><n1:key>${escaped(name)}</n1:key>${same(value)}</n0:KeyValuePairOfstringanyType>`;
}

function same({ uri, local, type, nil, text, children }) {
  const name = `${SCOPE[uri] ?? 'n0'}:${local}`;
  if (nil) return `<${name} xsi:nil="true"/>`;
  const [space, typeName] = type?.split(' ') ?? [];
  const typed = type === undefined ? '' : ` xsi:type="${SCOPE[space] ?? 'n0'}:${typeName}"`;
  // Only what holds no elements has text that counts.
  const content = children.length > 0 ? children.map(same).join('') : escaped(text);
  return `<${name}${typed}>${content}</${name}>`;
}
