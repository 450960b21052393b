import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.forbidden-bad-request',
  breaks: 'access.forbidden',
  summary: 'answers 400 to a user who lacks a privilege, as to any error of a plug-in',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return kept.status === 403 && about.resource === 'submit' ? { ...kept, status: 400 } : kept;
    },
  }),
});
