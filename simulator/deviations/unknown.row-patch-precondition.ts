import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'unknown.row-patch-precondition',
  breaks: 'unknown.row-patch',
  summary: 'answers 412, since If-Match: * matches nothing',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const unknown = about.resource === 'row-patch' && kept.status === 404 && about.operation === undefined;
      return unknown ? { ...kept, status: 412 } : kept;
    },
  }),
});
