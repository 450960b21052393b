import { edit } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  double: {
    summary: 'deletes rows after 180 days',
    alsoBreaks: { 'ttl.monitor-gone': 'the monitor shows what the table keeps' },
    behaviour: (contract) => ({
      expiresAt: (operation, choices) =>
        contract.expiresAt({ ...operation, ttlSeconds: 15_552_000 }, choices),
    }),
  },
  never: {
    summary: 'keeps rows for ever',
    alsoBreaks: { 'ttl.monitor-gone': 'the monitor shows what the table keeps' },
    behaviour: () => ({ expiresAt: () => Infinity }),
  },
  failed: {
    summary: 'keeps what has failed for ever',
    narrow: true,
    behaviour: edit('expiresAt', (at, o) => (o.status === 31 ? Number.MAX_SAFE_INTEGER : at)),
  },
  canceled: {
    summary: 'keeps what was canceled for ever',
    narrow: true,
    behaviour: edit('expiresAt', (at, o) => (o.canceled ? Infinity : at)),
  },
});
