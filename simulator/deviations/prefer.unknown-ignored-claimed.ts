import { headers } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'prefer.unknown-ignored-claimed',
  breaks: 'prefer.unknown-ignored',
  summary: 'says that it applied every preference that it was sent',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      if (kept.status !== 202 || about.operation?.callbackUrl !== undefined) return kept;
      return withHeader(kept, headers.preferenceApplied, [...parsePrefer(request.prefer).keys()].join(', '));
    },
  }),
});
