import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.unknown-ignored-substring',
  breaks: 'prefer.unknown-ignored',
  summary: 'takes any text with respond-async in it for the preference',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      return { ...read, respondAsync: /respond-async/i.test(request.prefer.join()) };
    },
  }),
});
