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
      why: 'Clients and auditors plan with the 90 days that the documentation promises.',
      source: { document: 'table', note: 'ttlinseconds; 90 days are 7,776,000 seconds' },
    },
    'ttl.kept-before': {
      level: 'MUST',
      basis: 'stated',
      duty: 'the row is still there an hour before creation + TTL',
      needs: ['probe', 'table', 'clock'],
      why: 'A row that vanishes early takes the result with it.',
      source: {
        document: 'article',
        anchor: 'background-operations-table',
        note: 'The description of ttlinseconds: 90 days.',
      },
    },
    'ttl.deleted-after': {
      level: 'MUST',
      basis: 'stated',
      duty: 'a day after its last modification + TTL the row answers 404',
      needs: ['probe', 'table', 'clock'],
      why: 'Rows that never go fill the storage, and keep personal data too long.',
      source: { document: 'elastic-tables', note: 'rows with a time to live' },
    },
    'ttl.monitor-gone': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the monitor of an expired operation answers 404 too',
      needs: ['probe', 'clock'],
      why: 'Row and monitor are two views of one thing.',
      source: {
        document: 'article',
        anchor: 'manage-background-operations',
        note: 'Row and monitor are two views of one operation.',
      },
    },
    'ttl.starts': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether the time to live counts from creation or from the last modification',
      needs: ['probe', 'table', 'clock'],
      why: 'A client that fetches late has to know when the period begins.',
      source: {
        document: 'elastic-tables',
        note: 'Elastic tables count from the last modification; of this table nothing is said.',
      },
    },
  },
});
