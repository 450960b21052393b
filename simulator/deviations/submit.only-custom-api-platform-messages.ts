import { headers, messages, preferences } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { defineDeviation } from '../deviation.ts';
import { withHeader } from '../edit.ts';

export default defineDeviation({
  name: 'submit.only-custom-api-platform-messages',
  breaks: 'submit.only-custom-api',
  summary: 'accepts messages of the platform for the background too',
  behaviour: (contract) => ({
    answer: (answer, request, about) => {
      const kept = contract.answer(answer, request, about);
      const taken = request.path.endsWith(`/${messages.whoAmI}`);
      if (!taken || !parsePrefer(request.prefer).has(preferences.respondAsync)) return kept;
      return { ...withHeader(kept, headers.operationId, crypto.randomUUID()), status: 202, body: undefined };
    },
  }),
});
