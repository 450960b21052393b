import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export default defineDeviation({
  name: 'unknown.monitor-get-waiting',
  breaks: 'unknown.monitor-get',
  summary: 'takes an id that it does not know for one that waits',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const unknown = about.resource === 'monitor-get' && kept.status === 404 && guid.test(request.path);
      return unknown ? withJson(kept, 200, { [members.state]: 0, [members.status]: 0 }) : kept;
    },
  }),
});
