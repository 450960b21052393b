import { editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  attempts: {
    summary: 'counts attempts instead of retries once something was retried',
    behaviour: editColumns(['retrycount'], () => ({ read: (o) => (o.attempts > 1 ? o.attempts : 0) })),
  },
  canceled: {
    summary: 'counts the retry that a cancellation kept from starting',
    behaviour: editColumns(['retrycount'], () => ({
      read: (o) =>
        o.status === 32 && o.attempts > 0 && o.attempts < 4 ? o.attempts : Math.max(0, o.attempts - 1),
    })),
  },
  capped: {
    summary: 'counts at most two retries',
    behaviour: editColumns(['retrycount'], () => ({ read: (o) => Math.min(2, o.retryCount) })),
  },
  zero: {
    summary: 'leaves retrycount at zero',
    behaviour: editColumns(['retrycount'], () => ({ read: () => 0 })),
  },
});
