import { expect, it } from 'vitest';
import { prettyXml } from './pretty-xml.ts';

it('has one element a line, and text as it came', () => {
  const xml =
    '<?xml version="1.0"?><s:A xmlns:s="urn:a>b"><s:B i="1"> x &lt; y </s:B><s:C/><s:D></s:D></s:A>';
  expect(prettyXml(xml)).toEqual({
    text: [
      '<?xml version="1.0"?>',
      '<s:A xmlns:s="urn:a>b">',
      '  <s:B i="1"> x &lt; y </s:B>',
      '  <s:C/>',
      '  <s:D></s:D>',
      '</s:A>',
    ].join('\n'),
    opened: true,
  });
});

it('is printed as far as it goes where it was cut', () => {
  expect(prettyXml('<a><b>text</b><c d="1')?.text).toBe('<a>\n  <b>text</b>\n  <c d="1');
});

it.each(['', 'text', '{"a":1}', '<html><p>', ' <HTML lang="en">', '< 5'])('leaves %j alone', (text) => {
  expect(prettyXml(text)).toBeUndefined();
});

it('is quick and small however deep the XML is', () => {
  const text = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`;
  expect(prettyXml(text)?.text.length).toBeLessThan(12_000_000);
  expect(prettyXml(`<a ${'"'.repeat(99_999)}`)).toBeDefined();
});
