import { defineDeviation } from '../deviation.ts';

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export default defineDeviation({
  name: 'unknown.monitor-delete-idempotent',
  breaks: 'unknown.monitor-delete',
  summary: 'answers 204 when it has nothing to cancel',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const unknown = about.resource === 'monitor-delete' && kept.status === 404 && guid.test(request.path);
      return unknown ? { status: 204, headers: [], body: undefined } : kept;
    },
  }),
});
