import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'ttl.deleted-after-never',
  breaks: 'ttl.deleted-after',
  summary: 'keeps rows for ever',
  alsoBreaks: { 'ttl.monitor-gone': 'the monitor shows what the table keeps' },
  behaviour: () => ({ expiresAt: () => Infinity }),
});
