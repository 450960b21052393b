import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  'sixty-days': {
    summary: 'deletes rows after sixty days',
    behaviour: (contract) => ({
      expiresAt: (operation, choices) => contract.expiresAt({ ...operation, ttlSeconds: 5_184_000 }, choices),
    }),
  },
  canceled: {
    summary: 'deletes what was canceled after thirty days',
    narrow: true,
    behaviour: edit('expiresAt', (at, o) => (o.status === 32 ? o.createdOn + 2_592_000_000 : at)),
  },
  failed: {
    summary: 'deletes what has failed after a week',
    narrow: true,
    behaviour: edit('expiresAt', (at, o) => (o.status === 31 ? o.createdOn + 604_800_000 : at)),
  },
  retried: {
    summary: 'deletes what was retried after eighty days',
    narrow: true,
    behaviour: edit('expiresAt', (at, o) => (o.retryCount > 0 ? at - 10 * 86_400_000 : at)),
  },
  callback: {
    summary: 'deletes what asked for a callback after thirty days',
    narrow: true,
    behaviour: edit('expiresAt', (at, o) => (o.callbackUrl === undefined ? at : at - 60 * 86_400_000)),
  },
});
