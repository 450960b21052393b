import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.any-position-first-only',
  breaks: 'prefer.any-position',
  summary: 'finds respond-async at the beginning of the list only',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      const respondAsync = request.prefer.some((field) => /^\s*respond-async\b/i.test(field));
      return { ...read, respondAsync: respondAsync && read.respondAsync };
    },
  }),
});
