import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'ttl.deleted-after-double',
  breaks: 'ttl.deleted-after',
  summary: 'deletes rows after 180 days',
  alsoBreaks: {
    'ttl.monitor-gone': 'the monitor shows what the table keeps',
  },
  behaviour: (contract) => ({
    expiresAt: (operation, choices) => contract.expiresAt({ ...operation, ttlSeconds: 15_552_000 }, choices),
  }),
});
