import { defineDeviations } from '../deviation.ts';
import { edit } from '../decision-edits.ts';
import { editSoap, soapMessage } from '../soap-edits.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';

const option = /i:type="a:OptionSetValue"><a:Value>(\d+)<\/a:Value>/g;

export default defineDeviations({
  'codes-are-text': {
    summary: 'gives the codes as String',
    behaviour: editSoap('Retrieve', (xml) => xml.replaceAll(option, 'i:type="c:string">$1')),
  },
  'codes-are-numbers': {
    summary: 'gives the codes as Integer',
    behaviour: editSoap('Retrieve', (xml) => xml.replaceAll(option, 'i:type="c:int">$1')),
  },
  'no-labels': {
    summary: 'gives no FormattedValues',
    behaviour: editSoap('Retrieve', (xml) =>
      xml.replace(/<a:FormattedValues>.*?<\/a:FormattedValues>/s, '<a:FormattedValues/>'),
    ),
  },
  'labels-are-codes': {
    summary: 'gives the codes in FormattedValues',
    behaviour: editSoap('Retrieve', (xml, { operation }) =>
      xml.replace(/(>backgroundoperationstatuscode<\/b:key><b:value>)[^<]*/, `$1${operation?.status}`),
    ),
  },
  'canceled-label': {
    summary: 'gives a canceled operation the label of one that is being canceled',
    narrow: true,
    behaviour: editSoap('Retrieve', (xml, { operation }) =>
      operation?.status === 32
        ? xml.replace(/(>backgroundoperationstatuscode<\/b:key><b:value>)[^<]*/, '$1Canceling')
        : xml,
    ),
  },
  'no-outputs': {
    summary: 'gives an empty list of outputs',
    behaviour: editSoap('Retrieve', (xml) =>
      xml.replace(/(>outputparameters<\/b:key><b:value [^>]*>)[^<]*/, '$1[]'),
    ),
  },
  'error-is-text': {
    summary: 'gives the code of the error as String',
    behaviour: editSoap('Retrieve', (xml) =>
      xml.replace(/(>errorcode<\/b:key><b:value i:type=")c:int/, '$1c:string'),
    ),
  },
  capitals: {
    summary: 'does not know an id in capital letters',
    narrow: true,
    behaviour: edit('request', (request) =>
      soapMessage(request) === 'Retrieve'
        ? { ...request, body: request.body.replace(/([:<]Id>)[0-9-]*[A-F][0-9A-F-]*</, `$1${unknownId}<`) }
        : request,
    ),
  },
  'cut-message': {
    summary: 'cuts the message of the error at 2,000 characters',
    narrow: true,
    behaviour: editSoap('Retrieve', (xml) =>
      xml.replace(/(>errormessage<\/b:key><b:value [^>]*>[^<]{2000})[^<]*/, '$1'),
    ),
  },
  'nil-id': {
    summary: 'leaves the Id of the row empty',
    alsoBreaks: {
      'sdk.same-operation': 'a row without its id is not known as that of the operation',
      'sdk.execute-form': 'a row without its id is not known as that of the operation',
    },
    behaviour: editSoap('Retrieve', (xml) =>
      xml.replace(/<a:Id>[^<]*</, '<a:Id>00000000-0000-0000-0000-000000000000<'),
    ),
  },
  'no-endtime': {
    summary: 'gives no endtime',
    narrow: true,
    behaviour: editSoap('Retrieve', (xml) =>
      xml.replace(
        /<a:KeyValuePairOfstringanyType><b:key>endtime<\/b:key>.*?<\/a:KeyValuePairOfstringanyType>/s,
        '',
      ),
    ),
  },
  remembered: {
    summary: 'gives a row once more as it was first given, though other columns are asked for',
    narrow: true,
    behaviour: (contract) => {
      const given = new Map<string, string>();
      return editSoap('Retrieve', (xml, { operation }) => {
        if (operation?.state !== 3) return xml;
        const first = given.get(operation.id);
        if (first === undefined) given.set(operation.id, xml);
        return first ?? xml;
      })(contract);
    },
  },
});
