import { headers, preferences } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'submit.only-custom-api-id-header',
  breaks: 'submit.only-custom-api',
  summary: 'puts the id header on every successful answer to a request with respond-async',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const asked = parsePrefer(request.prefer).has(preferences.respondAsync);
      return asked && kept.status < 300 && kept.status !== 202
        ? withHeader(kept, headers.operationId, crypto.randomUUID())
        : kept;
    },
  }),
});
