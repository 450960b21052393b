import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.any-position-last-only',
  breaks: 'prefer.any-position',
  summary: 'keeps the last preference of a list only',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const last = request.prefer.map((field) => field.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).at(-1) ?? '');
      const { respondAsync } = contract.preferences({ ...request, prefer: last }, situation);
      return { ...contract.preferences(request, situation), respondAsync };
    },
  }),
});
