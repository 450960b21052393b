import { headers, preferences } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'submit.only-custom-api-creates',
  breaks: 'submit.only-custom-api',
  summary: 'accepts the creation of a row for the background',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const taken = request.method === 'POST' && request.path.endsWith('/serviceendpoints');
      if (!taken || !parsePrefer(request.prefer).has(preferences.respondAsync)) return kept;
      return { ...withHeader(kept, headers.operationId, crypto.randomUUID()), status: 202, body: undefined };
    },
  }),
});
