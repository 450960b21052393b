import { messages } from '../../contract/vocabulary.ts';
import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';
import { editSoap, withoutPair, withValue } from '../soap-edits.ts';

const { execute } = messages;

export default defineDeviations({
  'id-is-text': {
    summary: 'gives the id as a String',
    behaviour: editSoap(execute, (xml) =>
      withValue(xml, 'BackgroundOperationId', (id) => `<b:value i:type="c:string">${id}</b:value>`),
    ),
  },
  untyped: {
    summary: 'leaves i:type off the id',
    behaviour: editSoap(execute, (xml) =>
      withValue(xml, 'BackgroundOperationId', (id) => `<b:value>${id}</b:value>`),
    ),
  },
  'guid-of-xml-schema': {
    summary: 'takes guid for a type of XML Schema',
    behaviour: editSoap(execute, (xml) =>
      withValue(xml, 'BackgroundOperationId', (id) => `<b:value i:type="c:guid">${id}</b:value>`),
    ),
  },
  'no-location': {
    summary: 'gives the id only',
    behaviour: editSoap(execute, (xml) => withoutPair(xml, 'Location')),
  },
  'location-of-callback': {
    summary: 'gives the URL of the callback as Location where one is asked for',
    narrow: true,
    behaviour: edit('answer', (answer, request) => {
      const uri = /CallbackUri<\/[^>]*>\s*<[^>]*>([^<]*)</.exec(request.body ?? '')?.[1];
      if (uri === undefined || answer.body === undefined) return answer;
      const monitor = /https?:[^<]*\/api\/backgroundoperation\/[0-9a-f-]{36}/i;
      return { ...answer, body: answer.body.replace(monitor, () => uri) };
    }),
  },
  'location-of-row': {
    summary: 'gives the URL of the row as Location',
    behaviour: editSoap(execute, (xml) =>
      xml.replace(/\/api\/backgroundoperation\/([0-9a-f-]{36})/i, '/api/data/v9.2/backgroundoperations($1)'),
    ),
  },
});
