import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.case-insensitive-lower-only',
  breaks: 'prefer.case-insensitive',
  summary: 'knows respond-async in lower case only',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      const respondAsync =
        read.respondAsync && request.prefer.some((field) => field.includes('respond-async'));
      return { ...read, respondAsync };
    },
  }),
});
