import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'unknown.row-get-empty',
  breaks: 'unknown.row-get',
  summary: 'answers 200 with an empty object for a row that is not there',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const unknown = about.resource === 'row-get' && kept.status === 404 && about.operation === undefined;
      return unknown ? withJson(kept, 200, {}) : kept;
    },
  }),
});
