import { describe, expect, inject, it } from 'vitest';
import { createKit } from '../test-kit.ts';
import {
  endpoint,
  execute,
  faultOf,
  find,
  message,
  operation,
  parsed,
  request,
  send,
  submission,
} from './soap.fixture.ts';
import { readXml } from './xml-reader.ts';
import { envelope, escaped, textTag } from './xml-writer.ts';

const good = message(execute(request('WhoAmI')));
const entities = Array.from({ length: 20 }, (_, index) =>
  index === 0 ? '<!ENTITY l0 "lol">' : `<!ENTITY l${index} "${`&l${index - 1};`.repeat(10)}">`,
);
/** Of the pieces of a long message: as many as are worth it. */
const many = (pieces: number): number => (inject('thorough') ? pieces : pieces / 4);
const deep = (levels: number) => `${'<a>'.repeat(levels)}${'</a>'.repeat(levels)}`;

const hostile: readonly (readonly [string, string])[] = [
  ['a document type definition', `<!DOCTYPE x>${good}`],
  ['a billion laughs', `<!DOCTYPE x [${entities.join('')}]><x>&l19;</x>`],
  ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'],
  ['an entity that nobody declared', message('<a>&nobody;</a>')],
  ['100,000 levels', deep(100_000)],
  ['100,000 levels that do not end', '<a>'.repeat(100_000)],
  ['100,000 levels in its body', message(operation('Execute', deep(100_000)))],
  ['very many elements', message('<a/>'.repeat(many(1_000_000)))],
  ['very many attributes', `<a ${Array.from({ length: 300_000 }, (_, index) => `b${index}=""`).join(' ')}/>`],
  ['an attribute twice', '<a b="" b=""/>'],
  ['an encoding that it has not', `<?xml version="1.0" encoding="utf-16"?>${good}`],
  ['XML 1.1', `<?xml version="1.1"?>${good}`],
  ['an instruction', `${good}<?php ?>`],
  ['a prefix of no namespace', good.replace('xmlns:x1=', 'xmlns:x2=')],
  ['no namespaces', good.replaceAll(/ xmlns(:\w+)?="[^"]*"/g, '')],
  ['other namespaces', good.replaceAll('microsoft.com', 'example.com')],
  [
    'SOAP 1.2',
    good.replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
  ],
  ['no body', good.replace(/<soap:Body>.*<\/soap:Body>/, '')],
  ['no RequestName', message(execute(''))],
  ['control characters', message('<a>\u0000\u0001</a>')],
  ['references to control characters', message('<a>&#0;</a>')],
  ['half a surrogate pair', message('<a>\ud800</a>')],
  ['two roots', `${good}${good}`],
  ['JSON', '{"a":1}'],
  ['nothing', ''],
  ['white space', ' \n'],
  ['an end', good.slice(0, -20)],
];

describe('a message that is none', () => {
  it.each(hostile)('is refused with 400, for %s', async (_what, body) => {
    const kit = createKit({
      onFault: (error) => {
        throw error;
      },
    });
    const answer = await kit.call('POST', endpoint, { body });
    expect(answer.status).toBe(400);
    expect(faultOf(answer).message).toMatch(/^The message |^The request /);
  });

  it('takes no memory out of proportion: levels and elements are counted as they come', async () => {
    const before = process.memoryUsage().heapUsed;
    const { error } = await readXml(`<a>${'<b/>'.repeat(many(3_000_000))}</a>`);
    expect(error?.message).toContain('200000');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300 * 1024 * 1024);
  });

  it('of 200 MB is refused before it is read', async () => {
    const { error } = await readXml(`<a>${'x'.repeat(200 * 1024 * 1024)}</a>`);
    expect(error?.message).toContain('16777216 characters');
  });

  it('lets others have their turn while a long one is read, and keeps its text', async () => {
    const text = '\u{1f600}\r\n]]&amp;'.repeat(many(400_000));
    const long = readXml(`<a>${text}</a>`);
    expect(long).toBeInstanceOf(Promise);
    const { root } = await long;
    expect(root?.text).toBe('\u{1f600}\n]]&'.repeat(many(400_000)));
  });

  it('is a fault where only the request is wrong', async () => {
    const kit = createKit();
    expect(faultOf(await send(kit, submission('<x1:RequestName/>'))).status).toBe(500);
    expect(faultOf(await send(kit, operation('Retrieve', '<columnSet/>'))).message).toContain("'Target'");
    expect(faultOf(await send(kit, operation('RetrieveMultiple', ''))).message).toContain("'Query'");
    expect(faultOf(await send(kit, operation('Update', '<entity/>'))).status).toBe(500);
  });
});

describe('a message that is good', () => {
  it.each([
    ['with a declaration and a byte order mark', `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n${good}`],
    ['with CDATA and comments', good.replace('WhoAmI', '<!-- who --><![CDATA[WhoAmI]]>')],
  ])('is read %s', async (_how, body) => {
    const answer = await createKit().call('POST', endpoint, { body });
    expect(find(answer, 'ResponseName').text).toBe('WhoAmI');
  });
});

describe('escaping', () => {
  it('keeps text, and what XML cannot carry becomes a reference or U+FFFD', () => {
    expect(escaped('a<b>&"c"\r\n\t')).toBe('a&lt;b&gt;&amp;&quot;c&quot;&#xD;\n\t');
    expect(escaped('\u0001\ud800x\u{1f600}\udc00')).toBe('&#x1;\ufffdx\u{1f600}\ufffd');
    const text = ' a\r\n\t<&>"\u{1f600} ]]> ';
    expect(parsed(envelope(textTag('a:Value', text))).children[0]?.children[0]?.text).toBe(text);
  });
});
