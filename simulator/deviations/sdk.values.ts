import { defineDeviations } from '../deviation.ts';
import { edit } from '../decision-edits.ts';
import { editSoapAnswer, isExecute, soapMessage } from '../soap-edits.ts';
import { isOrganizationService } from '../organization-service/path.ts';

/** Edits the typed values in what custom APIs of these names return. */
function editValues(
  pattern: RegExp,
  replacement: string | ((all: string, content: string) => string),
  names = /bgop_Probe|sample_Echo/,
) {
  return editSoapAnswer((answer, request) =>
    isExecute(request) && names.test(soapMessage(request) ?? '')
      ? { ...answer, body: (answer.body ?? '').replaceAll(pattern, replacement as string) }
      : answer,
  );
}

export default defineDeviations({
  'number-is-text': {
    summary: 'returns whole numbers as String',
    behaviour: editValues(/i:type="c:int"/g, 'i:type="c:string"'),
  },
  'decimal-is-double': {
    summary: 'returns Decimal as Float',
    behaviour: editValues(/i:type="c:decimal"/g, 'i:type="c:double"'),
  },
  'decimal-rounded': {
    summary: 'keeps 15 digits of a Decimal',
    behaviour: editValues(/(?<=i:type="c:decimal">)([^<]*)/g, (text) =>
      Number(text).toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 15 }),
    ),
  },
  'guid-is-text': {
    summary: 'returns Guid as String',
    behaviour: editValues(/i:type="q:guid"/g, 'i:type="c:string"'),
  },
  'picklist-is-number': {
    summary: 'returns Picklist as Integer',
    behaviour: editValues(
      /i:type="a:OptionSetValue"><a:Value>([^<]*)<\/a:Value>/g,
      (_all, code) => `i:type="c:int">${code}`,
    ),
  },
  'text-trimmed': {
    summary: 'drops white space around the texts that it is given',
    behaviour: edit('request', (request) =>
      isOrganizationService(request.path)
        ? {
            ...request,
            body: request.body.replaceAll(
              /(:string"?>)([^<]*)(?=<)/g,
              (_all, start: string, text: string) => start + text.trim(),
            ),
          }
        : request,
    ),
  },
  'nested-lost': {
    summary: 'forgets the attributes of rows inside rows',
    behaviour: editValues(
      /(<a:Entity>)<a:Attributes>(?:(?!<a:Attributes>).)*?<\/a:Attributes>/gs,
      '$1<a:Attributes/>',
    ),
  },
  'three-places': {
    summary: 'returns three places of the decimals of the probe',
    narrow: true,
    behaviour: editValues(
      /(?<=i:type="c:decimal">)([^<]*)/g,
      (text) => Number(text).toLocaleString('en-US', { useGrouping: false }),
      /bgop_Probe/,
    ),
  },
  seconds: {
    summary: 'returns the dates of the probe without parts of a second',
    narrow: true,
    behaviour: editValues(/(?<=i:type="c:dateTime">[^<.]*)\.\d+/g, '', /bgop_Probe/),
  },
});
