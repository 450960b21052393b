import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'submit.accepted-created',
  breaks: 'submit.accepted',
  summary: 'answers an accepted operation with 201, as if it were a new row',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return kept.status === 202 ? { ...kept, status: 201 } : kept;
    },
  }),
});
