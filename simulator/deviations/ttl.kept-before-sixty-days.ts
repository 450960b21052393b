import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'ttl.kept-before-sixty-days',
  breaks: 'ttl.kept-before',
  summary: 'deletes rows after sixty days',
  behaviour: (contract) => ({
    expiresAt: (operation, choices) => contract.expiresAt({ ...operation, ttlSeconds: 5_184_000 }, choices),
  }),
});
