import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'callback.preference-applied-first',
  breaks: 'callback.preference-applied',
  summary: 'says respond-async only where the callback stands first in Prefer',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const first = /^\s*odata\.callback/i.test(request.prefer.join(','));
      return about.resource === 'submit' && kept.status === 202 && first
        ? withHeader(kept, 'Preference-Applied', 'respond-async')
        : kept;
    },
  }),
});
