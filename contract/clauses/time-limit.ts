import { defineSection } from '../clause.ts';

/** time-limit — the two-minute limit. */
export const timeLimit = defineSection({
  id: 'time-limit',
  title: 'The two-minute limit',
  source: { document: 'article', anchor: 'background-operations' },
  clauses: {
    'time-limit.fails-beyond': {
      level: 'MUST',
      basis: 'stated',
      duty: "an attempt that runs longer than two minutes fails (a target may take until 2:20, the limit in the platform's own time-out text)",
      needs: ['probe', 'clock', 'slow'],
      why: 'Work that hangs must end, or it would hold its resources for ever.',
      source: { document: 'error-codes', note: 'the time-out codes of the sandbox' },
    },
    'time-limit.allows-below': {
      level: 'MUST',
      basis: 'derived',
      duty: 'an attempt of 1:50 completes',
      needs: ['probe', 'clock', 'slow'],
      why: 'Code that keeps the documented limit must be able to rely on it.',
      source: {
        document: 'article',
        anchor: 'background-operations',
        note: 'The limit is two minutes, so less is allowed.',
      },
    },
    'time-limit.error-code': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'the time-out has an error code other than zero and a message',
      needs: ['probe', 'clock', 'slow'],
      why: 'A time-out needs another fix than an error, so the two must be distinguishable.',
      source: { document: 'error-codes', note: 'the time-out codes of the sandbox' },
    },
    'time-limit.waiting-not-counted': {
      level: 'MUST',
      basis: 'derived',
      duty: 'waiting for the first attempt and waiting for a retry do not count towards the two minutes',
      needs: ['probe', 'clock'],
      why: 'Under load operations wait; that must not make them fail.',
      source: {
        document: 'article',
        anchor: 'background-operations',
        note: 'The limit is that of the execution of a plug-in.',
      },
    },
    'time-limit.per-attempt': {
      level: 'MAY',
      basis: 'derived',
      duty: 'whether a timed-out attempt is retried, and what error code is shown',
      needs: ['probe', 'clock'],
      why: 'An author of long-running code has to know whether a time-out is retried.',
      source: {
        document: 'article',
        anchor: 'background-operations',
        note: 'Whether a time-out is retried, and its code, are not said.',
      },
    },
  },
});
