import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.unknown-ignored-escapes',
  breaks: 'prefer.unknown-ignored',
  summary: 'ends a quoted string at an escaped quote',
  behaviour: (contract) => ({
    preferences: (request, situation) => {
      const unescaped = request.prefer.map((field) => field.replaceAll('\\"', '"'));
      const { respondAsync } = contract.preferences({ ...request, prefer: unescaped }, situation);
      return { ...contract.preferences(request, situation), respondAsync };
    },
  }),
});
