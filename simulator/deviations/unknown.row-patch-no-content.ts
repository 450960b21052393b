import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'unknown.row-patch-no-content',
  breaks: 'unknown.row-patch',
  summary: 'answers 204 when no row matches the update',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const unknown = about.resource === 'row-patch' && kept.status === 404 && about.operation === undefined;
      return unknown ? { status: 204, headers: [], body: undefined } : kept;
    },
  }),
});
