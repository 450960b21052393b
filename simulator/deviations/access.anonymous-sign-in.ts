import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'access.anonymous-sign-in',
  breaks: 'access.anonymous',
  summary: 'sends a request without a token to the sign-in page',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (kept.status !== 401) return kept;
      return { ...withHeader(kept, headers.location, `${request.origin}/signin`), status: 302 };
    },
  }),
});
