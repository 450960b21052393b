import { defineSection } from '../clause.ts';

/** ttl — Time to live. */
export const ttl = defineSection({
  id: 'ttl',
  title: 'Time to live',
  source: { document: 'article', anchor: 'background-operations-table' },
  clauses: {
    'ttl.default': {
      level: 'MUST',
      basis: 'derived',
      duty: '`ttlinseconds` is 7,776,000 (90 days)',
      needs: ['probe', 'table'],
    },
    'ttl.kept-before': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the row is still there an hour before creation + TTL',
      needs: ['probe', 'table', 'clock'],
    },
    'ttl.deleted-after': {
      level: 'MUST',
      basis: 'stated',
      duty: 'a day after its last modification + TTL the row answers 404',
      needs: ['probe', 'table', 'clock'],
    },
    'ttl.monitor-gone': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the monitor answers 404 too',
      needs: ['probe', 'clock'],
    },
    'ttl.starts': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether the time counts from creation or from the last modification (10.20)',
      needs: ['probe', 'table', 'clock'],
    },
  },
});
