import { defineSection } from '../clause.ts';

/** state — Background operations table (state and status). */
export const state = defineSection({
  id: 'state',
  title: 'Background operations table (state and status)',
  source: { document: 'article', anchor: 'background-operations-table' },
  clauses: {
    'state.known-pairs': {
      level: 'MUST',
      basis: 'stated',
      duty: 'only (0,0) (2,20) (2,22) (3,30) (3,31) (3,32) are ever seen, on monitor, row, callback and event',
      needs: ['probe'],
      why: 'Clients switch on these pairs; any other leads them into a branch that does not exist.',
    },
    'state.waiting': {
      level: 'MUST',
      basis: 'derived',
      duty: 'an operation that has not started and was not canceled shows (0,0)',
      needs: ['probe', 'clock'],
      why: 'A client decides by this pair whether it can still cancel before anything has happened.',
      source: {
        document: 'article',
        anchor: 'background-operations-table',
        note: 'Ready, Waiting For Resources is the only pair that is neither at work nor at an end.',
      },
    },
    'state.executing': {
      level: 'MUST',
      basis: 'stated',
      duty: 'during an attempt an operation shows (2,20), or (2,22) once canceled',
      needs: ['probe'],
      why: 'A client must be able to see that the work has begun.',
    },
    'state.succeeded': {
      level: 'MUST',
      basis: 'stated',
      duty: 'after success an operation shows (3,30)',
      needs: ['probe'],
      why: 'It is the only sign that the outputs can be trusted.',
    },
    'state.failed': {
      level: 'MUST',
      basis: 'stated',
      duty: 'after its last failure an operation shows (3,31)',
      needs: ['probe', 'clock', 'slow'],
      why: 'It is the only sign that the platform has given up and the client must act.',
    },
    'state.canceled': {
      level: 'MUST',
      basis: 'derived',
      duty: 'an operation that was canceled before it started shows (3,32) in the end',
      needs: ['probe', 'clock'],
      why: 'A client that canceled in time must be able to see that the work was never done.',
      source: {
        document: 'article',
        anchor: 'cancel-background-operations',
        note: 'What has not started is not executed; of the three ends only Canceled describes that.',
      },
    },
    'state.terminal-is-final': {
      level: 'MUST',
      basis: 'derived',
      duty: 'once an operation shows (3,*) nothing changes any more until it expires: no state, no output, no attempt (observed over a virtual day, or the length of the run)',
      needs: ['probe'],
      why: 'A client stops polling at a final state, so it never sees later changes.',
      source: {
        document: 'article',
        anchor: 'cancel-background-operations',
        note: 'The text of the refusal calls these states terminal.',
      },
    },
    'state.legal-history': {
      level: 'MUST',
      basis: 'derived',
      duty: 'every sequence of observations of one operation, concurrent ones included, can be explained by one run of the lifecycle',
      needs: ['probe'],
      why: 'Clients and dashboards derive what happened from what they saw in which order; an impossible order makes every such conclusion wrong.',
      source: {
        document: 'article',
        anchor: 'background-operations-table',
        note: 'Follows from the meaning of the six pairs together with the sections on cancellation and retries.',
      },
    },
    'state.between-attempts': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what an operation shows while it waits for a retry: (0,0) or (2,20)',
      needs: ['probe'],
      why: 'Dashboards that show a waiting retry have to know what it looks like.',
      source: {
        document: 'article',
        anchor: 'retries',
        note: 'The pair shown during the back-off is not said.',
      },
    },
  },
});
