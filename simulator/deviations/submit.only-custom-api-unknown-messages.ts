import { headers, preferences } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'submit.only-custom-api-unknown-messages',
  breaks: 'submit.only-custom-api',
  summary: 'accepts whatever message is posted, known or not',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const taken = request.method === 'POST' && kept.status === 404 && about.resource === 'other';
      if (!taken || !parsePrefer(request.prefer).has(preferences.respondAsync)) return kept;
      return { ...withHeader(kept, headers.operationId, crypto.randomUUID()), status: 202, body: undefined };
    },
  }),
});
