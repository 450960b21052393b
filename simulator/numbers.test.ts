import { describe, expect, it } from 'vitest';
import {
  execute,
  find,
  pairs,
  parameter,
  request,
  send,
  submission,
  value,
} from './organization-service/soap.fixture.ts';
import { headerOf } from './plain.ts';
import type { Kit } from './test-kit.ts';
import { createKit } from './test-kit.ts';

const echo = '/api/data/v9.2/sample_Echo';

/** Numbers that JSON readers change: type, as sent. */
const numbers: [name: string, number: string][] = [
  ['Decimal', '1234567890123456789012345678'],
  ['Decimal', '-79228162514264337593543950335'],
  ['Decimal', '0.1234567890123456789012345678'],
  ['Decimal', '9007199254740993'],
  ['Decimal', '0.0000001'],
  ['Money', '922337203685477.5807'],
  ['Money', '-922337203685476.1234'],
  ['Money', '0.01'],
  ['Float', '0.1'],
  ['Float', '0.30000000000000004'],
  ['Float', '1.7976931348623157e+308'],
  ['Float', '5e-324'],
];
const inEntity =
  '{"@odata.type":"Microsoft.Dynamics.CRM.account","big":9007199254740993,"rate":0.1234567890123456789}';
const cases: [name: string, text: string][] = [...numbers, ['Entity', inEntity]];
const bodyOf = (name: string, text: string) => `{"${name}Value":${text}}`;

/** The number, or the whole object, that stands in a JSON text for a member, sign by sign. */
function shown(name: string, json: string | undefined): string | undefined {
  return new RegExp(`"${name}Value":(\\{[^}]*\\}|[^,}\\]]+)`).exec(json ?? '')?.[1];
}

/** The value that a list of keys and values has, sign by sign. */
const listed = (list: unknown) => /"Value":(\{[^}]*\}|[^}]+)\}/.exec(String(list))?.[1];

async function submit(kit: Kit, name: string, text: string): Promise<string> {
  const answer = await kit.call('POST', echo, {
    body: bodyOf(name, text),
    headers: { prefer: 'respond-async,odata.callback;url="http://callback/"' },
  });
  const id = headerOf(answer, 'x-ms-dyn-backgroundoperationid') ?? '';
  await kit.advance(1);
  return id;
}

describe.each([
  ['documented', {}],
  ['shuffled', { choices: { memberOrder: 'shuffled' } }],
  ['reversed', { choices: { memberOrder: 'reversed' } }],
] as const)('numbers arrive as they were sent, members %s', (_order, options) => {
  it.each(cases)('%s %s: at once, and in a $batch', async (name, text) => {
    const kit = createKit(options);
    const answer = await kit.call('POST', echo, { body: bodyOf(name, text) });
    expect([answer.status, shown(name, answer.body)]).toEqual([200, text]);
    const part = `--b\r\nContent-Type: application/http\r\n\r\nPOST ${echo} HTTP/1.1\r\n\r\n${bodyOf(name, text)}\r\n--b--\r\n`;
    const batch = await kit.call('POST', '/api/data/v9.2/$batch', {
      body: part,
      headers: { 'content-type': 'multipart/mixed; boundary=b' },
    });
    expect(shown(name, batch.body)).toBe(text);
  });

  it.each(cases)('%s %s: in the background, by monitor and row', async (name, text) => {
    const kit = createKit(options);
    const id = await submit(kit, name, text);
    const monitor = await kit.call('GET', `/api/backgroundoperation/${id}`);
    expect(shown(name, monitor.body)).toBe(text);
    const row = await kit.row(id);
    expect([listed(row?.inputparameters), listed(row?.outputparameters)]).toEqual([text, text]);
  });
});

const soapTypes: Readonly<Record<string, (text: string) => string>> = {
  Decimal: (text) => value('xs:decimal', text),
  Money: (text) => value('x1:Money', `<x1:Value>${text}</x1:Value>`),
  Float: (text) => value('xs:double', text),
};

it.each(numbers)(
  '%s %s goes through the organization service, and from it to the Web API',
  async (name, text) => {
    const kit = createKit();
    const inner = request('sample_Echo', parameter(`${name}Value`, soapTypes[name]?.(text) ?? ''));
    const answer = await send(kit, execute(inner));
    // A double has many texts; .NET reads them all.
    const same = (found: string | undefined) => (name === 'Float' ? String(Number(found)) : found);
    expect(same(pairs(find(answer, 'Results'))[`${name}Value`]?.text)).toBe(same(text));
    const submitted = await send(kit, submission(inner));
    const id = pairs(find(submitted, 'Results')).BackgroundOperationId?.text ?? '';
    await kit.advance(1);
    const monitor = await kit.call('GET', `/api/backgroundoperation/${id}`);
    expect(same(shown(name, monitor.body))).toBe(same(text));
  },
);
