import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.several-fields-first-only',
  breaks: 'prefer.several-fields',
  summary: 'reads the first Prefer field only',
  behaviour: (contract) => ({
    preferences: (request, situation) =>
      contract.preferences({ ...request, prefer: request.prefer.slice(0, 1) }, situation),
  }),
});
