import { headers, preferences } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'submit.only-custom-api-queries',
  breaks: 'submit.only-custom-api',
  summary: 'accepts queries for the background',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const taken = about.resource === 'rows-get';
      if (!taken || !parsePrefer(request.prefer).has(preferences.respondAsync)) return kept;
      return { ...withHeader(kept, headers.operationId, crypto.randomUUID()), status: 202, body: undefined };
    },
  }),
});
