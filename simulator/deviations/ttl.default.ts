import { editColumns, showWhere } from '../decision-edits.ts';
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
  retried: {
    summary: 'shows half the time to live once an operation was retried',
    narrow: true,
    behaviour: showWhere(
      ['ttlinseconds'],
      (o) => o.retryCount > 0,
      (o) => o.ttlSeconds / 2,
    ),
  },
  failed: {
    summary: 'empties ttlinseconds when an operation has failed',
    narrow: true,
    behaviour: showWhere(
      ['ttlinseconds'],
      (o) => o.status === 31,
      () => null,
    ),
  },
  canceled: {
    summary: 'shows thirty days where an operation was canceled',
    narrow: true,
    behaviour: showWhere(
      ['ttlinseconds'],
      (o) => o.canceled,
      () => 2_592_000,
    ),
  },
});
