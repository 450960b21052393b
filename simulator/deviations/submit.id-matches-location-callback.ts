import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'submit.id-matches-location-callback',
  breaks: 'submit.id-matches-location',
  summary: 'gives the id of the callback in the header where one was asked for',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (kept.status !== 202 || about.operation?.callbackUrl === undefined) return kept;
      return withHeader(kept, headers.operationId, crypto.randomUUID());
    },
  }),
});
