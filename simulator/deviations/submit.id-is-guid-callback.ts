import { headers } from '../../contract/vocabulary.ts';
import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'submit.id-is-guid-callback',
  breaks: 'submit.id-is-guid',
  summary: 'writes the id in the header without hyphens where a callback was asked for',
  alsoBreaks: {
    'submit.id-matches-location': 'the id in the header is written in another way than in Location',
  },
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const { operation } = about;
      if (kept.status !== 202 || operation?.callbackUrl === undefined) return kept;
      return withHeader(kept, headers.operationId, operation.id.replaceAll('-', ''));
    },
  }),
});
