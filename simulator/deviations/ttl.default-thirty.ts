import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'ttl.default-thirty',
  breaks: 'ttl.default',
  summary: 'keeps rows for thirty days and says so',
  behaviour: (contract) => ({
    accepted: (operation, situation) => ({
      ...contract.accepted(operation, situation),
      ttlSeconds: 2_592_000,
    }),
    expiresAt: (operation, choices) => contract.expiresAt({ ...operation, ttlSeconds: 7_776_000 }, choices),
  }),
});
