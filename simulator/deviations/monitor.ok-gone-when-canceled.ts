import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.ok-gone-when-canceled',
  breaks: 'monitor.ok',
  summary: 'answers 410 once the operation was canceled',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const { resource, operation } = about;
      if (resource !== 'monitor-get' || operation === undefined) return kept;
      return operation.status === 32 ? { ...kept, status: 410 } : kept;
    },
  }),
});
