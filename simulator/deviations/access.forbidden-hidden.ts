import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'access.forbidden-hidden',
  breaks: 'access.forbidden',
  summary: 'answers 404 for row and monitor to a user who lacks a privilege',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const hidden = kept.status === 403 && about.resource !== 'submit';
      return hidden ? { ...kept, status: 404 } : kept;
    },
  }),
});
