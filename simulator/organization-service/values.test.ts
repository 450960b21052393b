import { describe, expect, it } from 'vitest';
import { createKit } from '../test-kit.ts';
import { readDecimal, writeDecimal } from './decimals.ts';
import {
  execute,
  faultOf,
  find,
  message,
  pairs,
  parameter,
  request,
  rootOf,
  send,
  submission,
  value,
} from './soap.fixture.ts';
import type { XmlElement } from './xml-element.ts';

const id = '5c1d8f5e-0b6f-4c0b-9c38-7d5f0c1f2a10';
const attribute = (name: string, type: string, content: string) => parameter(name, value(type, content));
const reference = `<x1:Id>${id}</x1:Id><x1:LogicalName>account</x1:LogicalName><x1:Name>A &amp; B</x1:Name>`;
const entity =
  `<x1:Attributes>${attribute('name', 'xs:string', ' x\u00a0 &lt;y&gt; ')}${attribute('size', 'xs:long', '9007199254740993')}` +
  `${attribute('price', 'x1:Money', '<x1:Value>1.50</x1:Value>')}${attribute('kind', 'x1:OptionSetValue', '<x1:Value>7</x1:Value>')}` +
  `${attribute('owner', 'x1:EntityReference', reference)}${attribute('rate', 'xs:decimal', '0.10')}` +
  `${attribute('day', 'xs:dateTime', '2026-01-02T03:04:05Z')}${attribute('other', 'ser:guid', id)}` +
  `${attribute('kinds', 'x9:OptionSetValueCollection', '<x9:OptionSetValue><x1:Value>1</x1:Value></x9:OptionSetValue><x9:OptionSetValue><x1:Value>2</x1:Value></x9:OptionSetValue>')}` +
  `${attribute('friends', 'x1:EntityReferenceCollection', `<x1:EntityReference>${reference}</x1:EntityReference>`)}` +
  `${attribute('photo', 'xs:base64Binary', 'AQI=')}${attribute('ratio', 'xs:double', '2')}${attribute('yes', 'xs:boolean', 'true')}${parameter('none', '<g:value in:nil="true"/>')}` +
  `</x1:Attributes><x1:Id>${id}</x1:Id><x1:LogicalName>contact</x1:LogicalName>`;

/** One value of each of the 13 types, as a client sends it. */
const samples: Readonly<Record<string, readonly [type: string, content: string]>> = {
  Boolean: ['xs:boolean', 'true'],
  DateTime: ['xs:dateTime', '2026-01-02T03:04:05.1234567Z'],
  Decimal: ['xs:decimal', '12345678901234567890.10'],
  Entity: ['x1:Entity', entity],
  EntityCollection: [
    'x1:EntityCollection',
    `<x1:Entities><x1:Entity>${entity}</x1:Entity></x1:Entities><x1:EntityName>contact</x1:EntityName>`,
  ],
  EntityReference: ['x1:EntityReference', reference],
  Float: ['xs:double', '-INF'],
  Integer: ['xs:int', '-2147483648'],
  Money: ['x1:Money', '<x1:Value>1.50</x1:Value>'],
  Picklist: ['x1:OptionSetValue', '<x1:Value>22</x1:Value>'],
  String: ['xs:string', ' a\tb &#xD;\n &lt;&amp;&gt; \u{1f600} '],
  StringArray: ['arr:ArrayOfstring', '<arr:string>a</arr:string><arr:string/>'],
  Guid: ['ser:guid', id],
};
const parameters = Object.entries(samples).map(([type, [xml, content]]) =>
  parameter(`${type}Value`, value(xml, content)),
);

/** An element as what it means: without prefixes, absent and nil members, and the order of attributes. */
function meaning(element: XmlElement): unknown {
  if (element.children.length === 0) return element.text;
  if (element.children.some(({ local }) => local.startsWith('KeyValuePair'))) {
    return Object.fromEntries(
      Object.entries(pairs(element)).map(([name, { type, element: held }]) => [name, [type, meaning(held)]]),
    );
  }
  const children = element.children.filter(
    (each) => !each.nil && (each.text !== '' || each.children.length > 0 || each.local === 'string'),
  );
  return children.map((each): unknown => [each.local, meaning(each)]).sort();
}

const extra = (entry: unknown) =>
  !(
    Array.isArray(entry) &&
    ['MinActiveRowVersion', 'MoreRecords', 'TotalRecordCount', 'TotalRecordCountLimitExceeded'].includes(
      String(entry[0]),
    )
  );

describe('the 13 types', () => {
  it('come back from a custom API as they went in', async () => {
    const answer = await send(createKit(), execute(request('sample_Echo', parameters.join(''))));
    const sent = pairs(
      find(rootOf({ status: 200, headers: [], body: envelopeOf(parameters.join('')) }), 'all'),
    );
    const got = pairs(find(answer, 'Results'));
    expect(Object.keys(got)).toHaveLength(13);
    for (const [name, { type, element }] of Object.entries(sent)) {
      expect(got[name]?.type, name).toBe(type);
      const meant = meaning(got[name]?.element ?? element);
      expect(Array.isArray(meant) ? meant.filter(extra) : meant, name).toEqual(meaning(element));
    }
  });

  it('are the same in an operation that was begun here', async () => {
    const kit = createKit();
    const answer = await send(kit, submission(request('sample_Echo', parameters.join(''))));
    await kit.advance(1_000);
    const operationId = pairs(find(answer, 'Results')).BackgroundOperationId?.text ?? '';
    expect(await kit.monitor(operationId)).toMatchObject({
      BooleanValue: true,
      DateTimeValue: '2026-01-02T03:04:05.1234567Z',
      FloatValue: '-INF',
      IntegerValue: -2147483648,
      PicklistValue: 22,
      StringArrayValue: ['a', ''],
      GuidValue: id,
      EntityReferenceValue: { '@odata.type': 'Microsoft.Dynamics.CRM.account', accountid: id },
    });
    const { body } = await kit.call('GET', `/api/backgroundoperation/${operationId}`);
    expect(body).toContain('"DecimalValue":12345678901234567890.10');
    expect(body).toContain('"MoneyValue":1.50');
    expect(body).toContain('"size":9007199254740993');
  });

  it.each(Object.keys(samples))('are not taken for one another: %s', async (type) => {
    const [wrongType, content] = type === 'Integer' ? ['xs:string', '1'] : ['xs:int', '1'];
    const wrong = request('sample_Echo', parameter(`${type}Value`, value(wrongType, content)));
    expect(faultOf(await send(createKit(), execute(wrong))).message).toContain(`'${type}Value'`);
  });

  it('are refused without i:type and with a prefix that means nothing', async () => {
    for (const bad of ['<g:value>1</g:value>', '<g:value in:type="zz:int">1</g:value>']) {
      const answer = await send(createKit(), execute(request('sample_Echo', parameter('IntegerValue', bad))));
      expect(faultOf(answer).message).toContain("'IntegerValue'");
    }
  });
});

describe('a custom API called at once', () => {
  it('leaves out what was not set, and fails with a fault', async () => {
    const kit = createKit({}, () => ({ outcome: 'fail', error: { kind: 'other', message: 'no luck' } }));
    const none = await send(kit, execute(request('sample_CleanupExportedDataAnnotations')));
    expect(find(none, 'Results').children).toEqual([]);
    const probe = parameter('ControlUrl', value('xs:string', 'http://listener/x'));
    expect(faultOf(await send(kit, execute(request('bgop_Probe', probe))))).toMatchObject({
      status: 500,
      code: -2147220891,
    });
  });
});

describe('decimals', () => {
  it.each([
    ['1.50', '1.50'],
    ['+.5', '0.5'],
    ['-007.', '-7'],
    ['0.0000000000000000000000000001', '0.0000000000000000000000000001'],
  ])('%s is read and written as %s', (text, written) => {
    expect(writeDecimal(readDecimal(text) ?? 'none')).toBe(written);
  });

  it.each([
    [1e21, '1000000000000000000000'],
    [-1.25e-7, '-0.000000125'],
    [1.5, '1.5'],
  ])('%d has no exponent', (number, written) => {
    expect(writeDecimal(number)).toBe(written);
  });

  it.each(['', '.', '1e3', 'NaN', '1,5', '9'.repeat(70)])('%s is none', (text) => {
    expect(readDecimal(text)).toBeUndefined();
  });
});

/** Parameters alone, with the namespaces of a message. */
function envelopeOf(content: string): string {
  const [head = ''] = /<soap:Envelope[^>]*>/.exec(message('')) ?? [];
  return head.replace('soap:Envelope', 'all').replace('>', `>${content}</all>`);
}
