import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'access.challenge-basic',
  breaks: 'access.challenge',
  summary: 'challenges for a name and a password',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      return kept.status === 401 ? withHeader(kept, 'WWW-Authenticate', 'Basic realm="Dataverse"') : kept;
    },
  }),
});
