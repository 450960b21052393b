import { defineSection } from '../clause.ts';

/** retry — Retries. */
export const retry = defineSection({
  id: 'retry',
  title: 'Retries',
  source: { document: 'article', anchor: 'retries' },
  clauses: {
    'retry.on-error': {
      level: 'MUST',
      basis: 'stated',
      duty: 'a failed attempt is followed by another',
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.at-most-three': {
      level: 'MUST',
      basis: 'stated',
      duty: 'never more than three retries: four attempts',
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.three-times': {
      level: 'MUST',
      basis: 'derived',
      duty: "an operation whose every attempt fails, with an error that is not the platform's, is retried three times (the article: up to three)",
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.which-errors': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether errors with a platform code are retried too, and how often',
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.backoff-grows': {
      level: 'MUST',
      basis: 'derived',
      duty: 'the third wait is longer than the first, and no wait is shorter than three quarters of the one before',
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.backoff-exponential': {
      level: 'SHOULD',
      basis: 'stated',
      duty: 'the waits grow by a factor of at least 1.5 each time (jitter of ±25 % of each wait allowed)',
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.stops-on-success': {
      level: 'MUST',
      basis: 'derived',
      duty: 'after an attempt that succeeded there is no further one within a day (virtual clock) or a minute',
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.recovers': {
      level: 'MUST',
      basis: 'derived',
      duty: 'fail, then succeed: (3,30) with the outputs of that attempt',
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.count': {
      level: 'MUST',
      basis: 'stated',
      duty: 'at rest, `retrycount` is the number of retries made (attempts less one)',
      needs: ['probe', 'table', 'clock', 'slow'],
    },
    'retry.same-operation': {
      level: 'MUST',
      basis: 'derived',
      duty: 'all attempts belong to the one id; no new row appears',
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.same-inputs': {
      level: 'MUST',
      basis: 'derived',
      duty: 'every attempt gets the same inputs',
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.no-overlap': {
      level: 'MUST',
      basis: 'derived',
      duty: 'attempts of one operation never overlap',
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.not-terminal-between': {
      level: 'MUST',
      basis: 'derived',
      duty: 'the operation is not (3,*) between attempts',
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.last-error': {
      level: 'SHOULD',
      basis: 'derived',
      duty: "the error shown at the end is the last attempt's",
      needs: ['probe', 'clock', 'slow'],
    },
    'retry.schedule': {
      level: 'MAY',
      basis: 'derived',
      duty: 'the waits observed, in seconds',
      needs: ['probe', 'clock', 'slow'],
    },
  },
});
