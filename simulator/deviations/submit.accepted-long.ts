import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.accepted-long',
  breaks: 'submit.accepted',
  summary: 'answers 201 where the inputs are longer than four thousand characters',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return kept.status === 202 && request.body.length > 4_000 ? { ...kept, status: 201 } : kept;
    },
  }),
});
