import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.whitespace-before-comma',
  breaks: 'prefer.whitespace',
  summary: 'trims names on the left only',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      const untrimmed = request.prefer.some((field) => /respond-async\s+(?:[,;]|$)/i.test(field));
      return untrimmed ? { ...read, respondAsync: false } : read;
    },
  }),
});
