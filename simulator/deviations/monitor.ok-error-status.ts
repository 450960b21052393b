import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.ok-error-status',
  breaks: 'monitor.ok',
  summary: 'answers with a status of an error after a failure',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const { resource, operation } = about;
      if (resource !== 'monitor-get' || operation === undefined) return kept;
      return operation.status === 31 ? { ...kept, status: 500 } : kept;
    },
  }),
});
