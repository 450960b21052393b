import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'sixty-days': {
    summary: 'deletes rows after sixty days',
    behaviour: (contract) => ({
      expiresAt: (operation, choices) => contract.expiresAt({ ...operation, ttlSeconds: 5_184_000 }, choices),
    }),
  },
});
