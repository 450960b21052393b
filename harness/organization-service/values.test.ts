import { describe, expect, it } from 'vitest';
import { soapNamespaces } from './namespaces.ts';
import { readEntity, readPairs, spaceOf, type ValueType } from './values.ts';
import { parseXml, soapChild, type SoapElement } from './xml.ts';

const { contracts, generic, schema, serialization, arrays, instance } = soapNamespaces;

/** A document with the prefixes of an answer. */
function parsed(xml: string): SoapElement {
  const names = `xmlns:a="${contracts}" xmlns:b="${generic}" xmlns:c="${schema}" xmlns:e="${serialization}" xmlns:f="${arrays}" xmlns:i="${instance}"`;
  const read = parseXml(`<root ${names}>${xml}</root>`);
  if ('problem' in read) throw new Error(read.problem);
  return read.root;
}

const prefixes: Readonly<Record<string, string>> = {
  schema: 'c',
  serialization: 'e',
  contracts: 'a',
  arrays: 'f',
};
const typed = (type: ValueType): string => `${prefixes[spaceOf[type]]}:${type}`;

const pair = (value: string, key = 'x'): string =>
  `<a:KeyValuePairOfstringanyType><b:key>${key}</b:key>${value}</a:KeyValuePairOfstringanyType>`;

/** What a value of a type, with this inside, is read as. */
const valueOf = (type: string, inside: string): unknown =>
  readPairs(parsed(pair(`<b:value i:type="${type}">${inside}</b:value>`))).get('x');

const id = '5c1d8f5e-0b6f-4c0b-9c38-7d5f0c1f2a10';

describe('a scalar value', () => {
  it.each<[ValueType, string, unknown]>([
    ['string', ' a\tb ', ' a\tb '],
    ['string', '', ''],
    ['int', '0', 0],
    ['int', ' -7 ', -7],
    ['int', '+7', 7],
    ['int', '2147483647', 2_147_483_647],
    ['int', '-2147483648', -2_147_483_648],
    ['long', '9223372036854775807', '9223372036854775807'],
    ['long', '-1', '-1'],
    ['boolean', 'true', true],
    ['boolean', '1', true],
    ['boolean', 'false', false],
    ['boolean', '0', false],
    ['decimal', '1.50', '1.50'],
    ['decimal', '-12', '-12'],
    ['decimal', '+1.', '+1.'],
    ['decimal', '.5', '.5'],
    ['double', '1.5E-3', 0.0015],
    ['double', '-2', -2],
    ['double', '.55', 0.55],
    ['double', '12.25', 12.25],
    ['double', '1e12', 1e12],
    ['double', '1e+2', 100],
    ['double', 'INF', Infinity],
    ['double', '-INF', -Infinity],
    ['double', 'NaN', Number.NaN],
    ['dateTime', '2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z'],
    ['dateTime', '2026-01-02T03:04:05', '2026-01-02T03:04:05'],
    ['dateTime', '0001-01-01T00:00:00.1234567-11:30', '0001-01-01T00:00:00.1234567-11:30'],
    ['dateTime', '10000-01-01T00:00:00+05:00', '10000-01-01T00:00:00+05:00'],
    ['dateTime', '-0044-03-15T00:00:00Z', '-0044-03-15T00:00:00Z'],
    ['guid', id, id],
    ['guid', ` ${id.toUpperCase()} `, id.toUpperCase()],
  ])('of the type %s is read from %j', (type, text, value) => {
    expect(valueOf(typed(type), text)).toEqual({ type, value });
  });

  it.each<[ValueType, string]>([
    ['int', ''],
    ['int', '1.0'],
    ['int', '1 2'],
    ['int', 'x1'],
    ['int', '1x'],
    ['int', '2147483648'],
    ['int', '-2147483649'],
    ['long', '1.5'],
    ['long', 'x5'],
    ['long', '5x'],
    ['long', '--5'],
    ['boolean', 'True'],
    ['boolean', 'yes'],
    ['boolean', ''],
    ['decimal', ''],
    ['decimal', '.'],
    ['decimal', '1,5'],
    ['decimal', '1e5'],
    ['decimal', 'x1.5'],
    ['decimal', '1.5x'],
    ['double', 'Infinity'],
    ['double', ''],
    ['double', '1e'],
    ['double', 'x1'],
    ['double', '1x'],
    ['double', '1e5.5'],
    ['dateTime', '2026-01-02'],
    ['dateTime', '2026-01-02 03:04:05Z'],
    ['dateTime', '26-01-02T03:04:05Z'],
    ['dateTime', '2026-01-02T03:04:05.Z'],
    ['dateTime', '2026-01-02T03:04:05+0500'],
    ['dateTime', 'x2026-01-02T03:04:05Z'],
    ['dateTime', '2026-01-02T03:04:05Zx'],
    ['guid', `{${id}}`],
    ['guid', id.replaceAll('-', '')],
    ['guid', `${id}0`],
    ['guid', `0${id}`],
    ['guid', id.replace('5', 'g')],
  ])('of the type %s is odd where %j stands, and shown', (type, text) => {
    expect(valueOf(typed(type), text)).toEqual({ type: 'odd', value: `"${text}", which is no ${type}` });
  });
});

describe('a value of the organization service', () => {
  it.each([
    ['int', contracts],
    ['guid', schema],
    ['OptionSetValue', schema],
    ['ArrayOfstring', contracts],
    ['Unheard', contracts],
  ])('is odd where its type is %s in %s', (local, uri) => {
    const [space] = Object.entries({ a: contracts, c: schema }).find(([, each]) => each === uri) ?? [];
    expect(valueOf(`${space}:${local}`, '1')).toEqual({
      type: 'odd',
      value: `a value of the type ${local} in ${uri}`,
    });
  });

  it('is odd without a type, and with one whose prefix means nothing', () => {
    const odd = { type: 'odd', value: 'a value without i:type, or with an unknown prefix in it' };
    const read = readPairs(
      parsed(pair('<b:value>1</b:value>') + pair('<b:value i:type="zz:int">1</b:value>', 'y')),
    );
    expect(Object.fromEntries(read)).toEqual({ x: odd, y: odd });
  });

  it('is null where it is nil, whatever its type, and where there is none', () => {
    const nil = pair(`<b:value i:nil="true" i:type="c:int"/>`) + pair('', 'y');
    expect(Object.fromEntries(readPairs(parsed(nil)))).toEqual({ x: null, y: null });
  });

  it('is an option, or money, by its Value alone', () => {
    expect(valueOf('a:OptionSetValue', '<a:Value> 30 </a:Value>')).toEqual({
      type: 'OptionSetValue',
      value: 30,
    });
    expect(valueOf('a:Money', '<a:Value> 0.10 </a:Value>')).toEqual({ type: 'Money', value: '0.10' });
    for (const type of ['OptionSetValue', 'Money']) {
      expect(valueOf(`a:${type}`, '30')).toEqual({ type: 'odd', value: `"30", which is no ${type}` });
      expect(valueOf(`a:${type}`, '<b:Value>30</b:Value>')).toMatchObject({ type: 'odd' });
    }
  });

  it('is a reference with its id in lower case; what it lacks is empty', () => {
    const inside = `<a:Id> ${id.toUpperCase()} </a:Id><a:LogicalName> account </a:LogicalName>`;
    expect(valueOf('a:EntityReference', inside)).toEqual({
      type: 'EntityReference',
      value: { logicalName: 'account', id },
    });
    expect(valueOf('a:EntityReference', '')).toMatchObject({ value: { logicalName: '', id: '' } });
  });

  it('is a list of the items that have its name', () => {
    const texts = '<f:string>a</f:string><f:guid>b</f:guid><a:string>c</a:string><f:string> d</f:string>';
    expect(valueOf('f:ArrayOfstring', texts)).toEqual({ type: 'ArrayOfstring', value: ['a', ' d'] });
    expect(valueOf('f:ArrayOfguid', texts)).toEqual({ type: 'ArrayOfguid', value: ['b'] });
    expect(valueOf('f:ArrayOfguid', '')).toEqual({ type: 'ArrayOfguid', value: [] });
  });

  it('is a collection of rows', () => {
    const row = (name: string) => `<a:Entity><a:LogicalName>${name}</a:LogicalName></a:Entity>`;
    const inside = `<a:Entities>${row('one')}<b:Entity/>${row('two')}</a:Entities><a:MoreRecords>false</a:MoreRecords>`;
    const read = valueOf('a:EntityCollection', inside) as { value: { logicalName: string }[] };
    expect(read.value.map(({ logicalName }) => logicalName)).toEqual(['one', 'two']);
    expect(valueOf('a:EntityCollection', row('lone'))).toEqual({ type: 'EntityCollection', value: [] });
  });
});

describe('readPairs', () => {
  it('passes over pairs without a key, and reads no collection as an empty one', () => {
    const unnamed =
      '<a:KeyValuePairOfstringanyType><b:value i:type="c:int">1</b:value></a:KeyValuePairOfstringanyType>';
    expect(readPairs(parsed(unnamed + pair('<b:value i:type="c:int">2</b:value>')))).toEqual(
      new Map([['x', { type: 'int', value: 2 }]]),
    );
    expect(readPairs(undefined)).toEqual(new Map());
  });

  it('takes key and value of their own namespace only', () => {
    const foreign = '<a:pair><a:key>x</a:key><b:value i:type="c:int">1</b:value></a:pair>';
    expect(readPairs(parsed(foreign)).size).toBe(0);
    const other = '<a:pair><b:key>x</b:key><a:value i:type="c:int">1</a:value></a:pair>';
    expect(readPairs(parsed(other))).toEqual(new Map([['x', null]]));
  });
});

describe('readEntity', () => {
  const label = (key: string, value: string): string =>
    `<a:KeyValuePairOfstringstring>${key}${value}</a:KeyValuePairOfstringstring>`;

  it('reads a row with its attributes and labels, and passes over labels that are no pairs', () => {
    const labels =
      label('<b:key>n</b:key>', '<b:value>One</b:value>') +
      label('<b:key>lone</b:key>', '') +
      label('', '<b:value>lone</b:value>');
    const xml = `<a:Entity><a:Attributes>${pair('<b:value i:type="c:int">1</b:value>', 'n')}</a:Attributes><a:FormattedValues>${labels}</a:FormattedValues><a:Id>${id}</a:Id><a:LogicalName>account</a:LogicalName></a:Entity>`;
    const row = soapChild(parsed(xml), 'contracts', 'Entity');
    expect(row && readEntity(row)).toEqual({
      logicalName: 'account',
      id,
      attributes: new Map([['n', { type: 'int', value: 1 }]]),
      labels: new Map([['n', 'One']]),
    });
  });

  it('reads what a row lacks as empty', () => {
    expect(readEntity(parsed(''))).toEqual({
      logicalName: '',
      id: '',
      attributes: new Map(),
      labels: new Map(),
    });
  });
});
