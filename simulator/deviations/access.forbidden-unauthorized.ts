import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.forbidden-unauthorized',
  breaks: 'access.forbidden',
  summary: 'answers 401 to a user who lacks a privilege',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return kept.status === 403 && about.resource === 'submit' ? { ...kept, status: 401 } : kept;
    },
  }),
});
