import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.only-get-and-delete-put-ignored',
  breaks: 'monitor.only-get-and-delete',
  summary: 'answers a PUT of the monitor with 204 and does nothing',
  alsoBreaks: {
    'monitor.method-not-allowed': 'PUT is not a method that it refuses',
  },
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const ignored = about.resource === 'monitor-other' && request.method === 'PUT' && kept.status === 405;
      return ignored ? { status: 204, headers: [], body: undefined } : kept;
    },
  }),
});
