import { preferences } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.unknown-ignored-parameters',
  breaks: 'prefer.unknown-ignored',
  summary: 'does not recognize respond-async with a parameter',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      const { parameters } = parsePrefer(request.prefer).get(preferences.respondAsync) ?? {};
      return { ...read, respondAsync: read.respondAsync && parameters?.size === 0 };
    },
  }),
});
