import { edit } from '../decision-edits.ts';
import { terminalMessage } from '../../contract/vocabulary.ts';
import { defineDeviations } from '../deviation.ts';
import { editSoap, editSoapAnswer, soapMessage, executed } from '../soap-edits.ts';

export default defineDeviations({
  accepted: {
    summary: 'answers a late Update as if there were nothing to it',
    alsoBreaks: { 'sdk.unprivileged': 'the fault of a user without the privileges is hidden, too' },
    behaviour: editSoapAnswer((answer, request) => {
      if (soapMessage(request) !== 'Update' || answer.status !== 500) return answer;
      const namespace = 'http://schemas.microsoft.com/xrm/2011/Contracts/Services';
      const body = (answer.body ?? '').replace(
        /<s:Fault>.*<\/s:Fault>/s,
        `<UpdateResponse xmlns="${namespace}"/>`,
      );
      return { ...answer, status: 200, body };
    }),
  },
  'other-text': {
    summary: 'refuses a late Update with a text of its own',
    behaviour: editSoap('Update', (xml) => xml.replaceAll(terminalMessage, 'It is too late to cancel.')),
  },
  failed: {
    summary: 'answers a late Update of what has failed as if there were nothing to it',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      soapMessage(request) === 'Update' && about.before?.status === 31 ? executed(answer, '') : answer,
    ),
  },
  canceled: {
    summary: 'answers a late Update of what was canceled as if there were nothing to it',
    narrow: true,
    behaviour: edit('answer', (answer, request, about) =>
      soapMessage(request) === 'Update' && about.before?.status === 32 ? executed(answer, '') : answer,
    ),
  },
});
