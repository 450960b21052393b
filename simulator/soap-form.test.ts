import { expect, it } from 'vitest';
import { defaultChoices } from './choices.ts';
import { soapForm } from './soap-form.ts';

const xml =
  '<s:Body xmlns:a="urn:a" xmlns:i="urn:i"><a:Results><b:value i:type="a:Text">a:b i:c</b:value>' +
  '<b:value i:nil="true"/><a:Id i:nil="true"/></a:Results></s:Body>';

it('is the documented one by default', () => {
  expect(soapForm(xml, defaultChoices)).toBe(xml);
});

it('has other prefixes in tags and types, and the same text', () => {
  expect(soapForm(xml, { ...defaultChoices, soapPrefixes: 'other' })).toBe(
    '<s:Body xmlns:d4a1="urn:a" xmlns:d4i1="urn:i"><d4a1:Results><d4b1:value d4i1:type="d4a1:Text">a:b i:c</d4b1:value>' +
      '<d4b1:value d4i1:nil="true"/><d4a1:Id d4i1:nil="true"/></d4a1:Results></s:Body>',
  );
});

it('leaves members without a value out, but for values', () => {
  const absent = soapForm(xml, { ...defaultChoices, soapNil: 'absent' });
  expect(absent).toContain('<b:value i:nil="true"/></a:Results>');
});

it('has members that nobody knows, and general codes where none is documented', () => {
  expect(soapForm(xml, { ...defaultChoices, soapExtras: true })).toContain(
    '<a:Future>1</a:Future><a:Results>',
  );
  const general = { ...defaultChoices, soapFaultCodes: 'general' } as const;
  expect(soapForm('<ErrorCode>-2147220989</ErrorCode>', general)).toBe('<ErrorCode>-2147220970</ErrorCode>');
  expect(soapForm('<ErrorCode>-2147185406</ErrorCode>', general)).toBe('<ErrorCode>-2147185406</ErrorCode>');
});
