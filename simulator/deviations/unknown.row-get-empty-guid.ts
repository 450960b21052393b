import { defineDeviation } from '../deviation.ts';
import { withJson } from '../edit.ts';

export default defineDeviation({
  name: 'unknown.row-get-empty-guid',
  breaks: 'unknown.row-get',
  summary: 'answers 200 with an empty object for the row of the empty GUID',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (about.resource !== 'row-get' || !request.path.includes('(00000000-0000-')) return kept;
      return withJson(kept, 200, {});
    },
  }),
});
