import { defineSection } from '../clause.ts';

/** time-limit — the two-minute limit. */
export const timeLimit = defineSection({
  id: 'time-limit',
  title: 'the two-minute limit',
  source: { document: 'article', anchor: 'background-operations' },
  clauses: {
    'time-limit.fails-beyond': {
      level: 'MUST',
      basis: 'stated',
      duty: 'an attempt that runs longer than two minutes fails (a target may take until 2:20, facts 1.5)',
      needs: ['probe', 'clock', 'slow'],
    },
    'time-limit.allows-below': {
      level: 'MUST',
      basis: 'derived',
      duty: 'one of 1:50 completes',
      needs: ['probe', 'clock', 'slow'],
    },
    'time-limit.error-code': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the time-out has an error code other than zero and a message',
      needs: ['probe', 'clock', 'slow'],
    },
    'time-limit.waiting-not-counted': {
      level: 'MUST',
      basis: 'derived',
      duty: 'waiting for the first attempt and waiting for a retry do not count',
      needs: ['probe', 'clock'],
    },
    'time-limit.per-attempt': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether a timed-out attempt is retried, and the error code shown',
      needs: ['probe', 'clock'],
    },
  },
});
