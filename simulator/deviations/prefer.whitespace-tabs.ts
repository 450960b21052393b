import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.whitespace-tabs',
  breaks: 'prefer.whitespace',
  summary: 'takes spaces for white space, and tabs for part of a name',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const read = contract.preferences(request, situation);
      return request.prefer.some((field) => field.includes('\t')) ? { ...read, respondAsync: false } : read;
    },
  }),
});
