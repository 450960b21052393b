import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'monitor.method-not-allowed-not-found',
  breaks: 'monitor.method-not-allowed',
  summary: 'knows no resource for other methods: 404',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return about.resource === 'monitor-other' && kept.status === 405 ? { ...kept, status: 404 } : kept;
    },
  }),
});
