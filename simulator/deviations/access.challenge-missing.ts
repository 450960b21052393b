import { defineDeviation } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviation({
  name: 'access.challenge-missing',
  breaks: 'access.challenge',
  summary: 'answers 401 without a challenge',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return kept.status === 401 ? withoutHeader(kept, 'WWW-Authenticate') : kept;
    },
  }),
});
