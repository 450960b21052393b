import { defineDeviation } from '../deviation.ts';

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export default defineDeviation({
  name: 'unknown.monitor-get-bad-request',
  breaks: 'unknown.monitor-get',
  summary: 'answers 400 for an id that it does not know',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const unknown = about.resource === 'monitor-get' && kept.status === 404 && guid.test(request.path);
      return unknown ? { ...kept, status: 400 } : kept;
    },
  }),
});
