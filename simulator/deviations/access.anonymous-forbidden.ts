import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.anonymous-forbidden',
  breaks: 'access.anonymous',
  summary: 'answers 403 to a request without a token',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return kept.status === 401 ? { ...kept, status: 403 } : kept;
    },
  }),
});
