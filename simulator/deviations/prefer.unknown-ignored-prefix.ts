import { preferences } from '../../contract/vocabulary.ts';
import { parsePrefer } from '../core/prefer.ts';
import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.unknown-ignored-prefix',
  breaks: 'prefer.unknown-ignored',
  summary: 'takes any name that begins with respond-async for the preference',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      const names = [...parsePrefer(request.prefer).keys()];
      return { ...read, respondAsync: names.some((name) => name.startsWith(preferences.respondAsync)) };
    },
  }),
});
