import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { execute, message, parameter, request, submission, textParameter, value } from './soap.fixture.ts';
import { readPlainXml } from './plain-xml.ts';
import type { XmlElement } from './xml-element.ts';
import { xmlSteps } from './xml-reader.ts';

const plain = (text: string) => readPlainXml(text, 256, 200_000);

/** What the parser gives; `attributes` keeps it from leaving the work to `readPlainXml`. */
function parsed(text: string): XmlElement | undefined {
  const steps = xmlSteps(text, { attributes: true });
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const { root } = step.value;
  return root === undefined ? undefined : bare(root);
}

function bare({ uri, local, type, nil, text, children }: XmlElement): XmlElement {
  return { uri, local, type, nil, text, children: children.map(bare) };
}

const i = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"';
const pieces = [
  ...['<a>', '</a>', '<a/>', '<p:a>', '</p:a>', '<b i:type="p:x">', '</b>', '<b i:nil="true"/>', '<a b="1">'],
  ...[
    '<a b="1" b="2">',
    '<a p:b="" q:b="">',
    `<r xmlns="u" xmlns:p="v" ${i}>`,
    '</r>',
    '<a xmlns="">',
    '<c xmlns:p="">',
  ],
  ...[
    'text',
    ' ',
    '\n',
    '\r\n',
    '&amp;',
    '&#65;',
    '&#xD;',
    '&#0;',
    '&x;',
    '&',
    '<',
    '>',
    ']]>',
    '"',
    "<a b='1'>",
  ],
  ...[
    '<!-- c -->',
    '<![CDATA[x]]>',
    '<?p?>',
    '<!DOCTYPE a>',
    '\u0000',
    '\ud800',
    '😀',
    'é',
    '<é/>',
    '<a xml:lang="x"/>',
  ],
  ...[
    '<?xml version="1.0" encoding="utf-8"?>',
    '<a b="&lt;"/>',
    '<a  b="1" >',
    '<xmlns:a/>',
    '<b i:type="x"/>',
    '<b i:type="zz:x"/>',
  ],
  ...[
    '<a xmlns:xml="u"/>',
    '<a xmlns:q="http://www.w3.org/2000/xmlns/"/>',
    '<a xmlns:q="http://www.w3.org/XML/1998/namespace"/>',
    '<b i:type="p:x:y"/>',
    '<b i:type=" p:x "/>',
    '<a b="\t"/>',
    '<a:b:c/>',
    '<1a/>',
    '</ a>',
  ],
];

describe('plain XML', () => {
  it.each([
    [
      'a submission',
      message(submission(request('bgop_Probe', textParameter('ControlUrl', 'http://x/?a=1&amp;b=2')))),
    ],
    ['every kind of value', message(execute(request('sample_Echo', parameter('X', value('xs:int', '1')))))],
    ['a declaration', '<?xml version="1.0" encoding="utf-8"?>\n<a/>\n'],
  ])('is read as the parser reads it: %s', (_what, text) => {
    expect(plain(text)).toBeDefined();
    expect(plain(text)).toEqual(parsed(text));
  });

  it('is nothing that the parser would refuse, or read otherwise', () => {
    const document = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
    const wrapped = document.map((inner) => `<r xmlns="u" xmlns:p="v" xmlns:q="v" ${i}>${inner}</r>`);
    fc.assert(
      fc.property(fc.oneof(document, wrapped), (text) => {
        const read = plain(text);
        if (read !== undefined) expect(read).toEqual(parsed(text));
      }),
      { numRuns: 4000 },
    );
  });

  it('is left to the parser beyond the bounds', () => {
    expect(readPlainXml('<a><b><c/></b></a>', 2, 100)).toBeUndefined();
    expect(readPlainXml('<a><b/><b c="1"/></a>', 9, 3)).toBeUndefined();
    expect(readPlainXml('<a><b/><b c="1"/></a>', 9, 4)).toBeDefined();
  });
});
