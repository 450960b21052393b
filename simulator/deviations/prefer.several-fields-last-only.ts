import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'prefer.several-fields-last-only',
  breaks: 'prefer.several-fields',
  summary: 'lets each Prefer field overwrite the one before',
  behaviour: (contract) => ({
    preferences: (request, situation) =>
      contract.preferences({ ...request, prefer: request.prefer.slice(-1) }, situation),
  }),
});
