import { messages } from '../../contract/vocabulary.ts';
import { defineDeviations } from '../deviation.ts';
import { editSoapAnswer, executed, innerMessage, soapMessage } from '../soap-edits.ts';

export default defineDeviations({
  silent: {
    summary: 'answers without results where Request is missing',
    alsoBreaks: { 'sdk.fault-shape': 'a fault that does not come has no shape' },
    behaviour: editSoapAnswer((answer, request) =>
      soapMessage(request) === messages.execute && innerMessage(request) === undefined
        ? executed(answer, '')
        : answer,
    ),
  },
  'nil-is-enough': {
    summary: 'takes a Request that is nil for one',
    behaviour: editSoapAnswer((answer, request) =>
      soapMessage(request) === messages.execute && />Request<\/\w+:key><\w+:value \w+:nil/.test(request.body)
        ? executed(answer, '')
        : answer,
    ),
  },
});
