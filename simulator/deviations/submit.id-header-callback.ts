import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { withoutHeader } from '../edit.ts';

export default defineDeviation({
  name: 'submit.id-header-callback',
  breaks: 'submit.id-header',
  summary: 'leaves the id out of the 202 where a callback was asked for',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (kept.status !== 202 || about.operation?.callbackUrl === undefined) return kept;
      return withoutHeader(kept, headers.operationId);
    },
  }),
});
