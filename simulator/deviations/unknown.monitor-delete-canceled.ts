import { members } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export default defineDeviation({
  name: 'unknown.monitor-delete-canceled',
  breaks: 'unknown.monitor-delete',
  summary: 'answers that it cancels, whatever the id',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const unknown = about.resource === 'monitor-delete' && kept.status === 404 && guid.test(request.path);
      return unknown ? withJson(kept, 200, { [members.state]: 2, [members.status]: 22 }) : kept;
    },
  }),
});
