import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.forbidden-not-found',
  breaks: 'access.forbidden',
  summary: 'knows no custom APIs for a user who lacks a privilege',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return kept.status === 403 && about.resource === 'submit' ? { ...kept, status: 404 } : kept;
    },
  }),
});
