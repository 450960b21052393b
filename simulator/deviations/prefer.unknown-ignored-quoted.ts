import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.unknown-ignored-quoted',
  breaks: 'prefer.unknown-ignored',
  summary: 'splits the list at commas inside quoted strings too',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const pieces = request.prefer.flatMap((field) => field.split(','));
      const { respondAsync } = contract.preferences({ ...request, prefer: pieces }, situation);
      return { ...contract.preferences(request, situation), respondAsync };
    },
  }),
});
