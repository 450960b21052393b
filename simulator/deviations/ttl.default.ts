import { editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  milliseconds: {
    summary: 'shows the time to live in days',
    behaviour: editColumns(['ttlinseconds'], () => ({ read: (o) => o.ttlSeconds / 86_400 })),
  },
  thirty: {
    summary: 'keeps rows for thirty days and says so',
    behaviour: (contract) => ({
      accepted: (operation, situation) => ({
        ...contract.accepted(operation, situation),
        ttlSeconds: 2_592_000,
      }),
      expiresAt: (operation, choices) => contract.expiresAt({ ...operation, ttlSeconds: 7_776_000 }, choices),
    }),
  },
});
