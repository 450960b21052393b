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
      duty: 'before its first attempt, and not canceled: (0,0)',
      needs: ['probe', 'clock'],
      why: 'A client decides by this pair whether it can still cancel before anything has happened.',
    },
    'state.executing': {
      level: 'MUST',
      basis: 'stated',
      duty: 'during an attempt: (2,20), or (2,22) once canceled',
      needs: ['probe'],
      why: 'A client must be able to see that the work has begun.',
    },
    'state.succeeded': {
      level: 'MUST',
      basis: 'stated',
      duty: 'after success: (3,30)',
      needs: ['probe'],
      why: 'It is the only sign that the outputs can be trusted.',
    },
    'state.failed': {
      level: 'MUST',
      basis: 'stated',
      duty: 'after the last failure: (3,31)',
      needs: ['probe', 'clock', 'slow'],
      why: 'It is the only sign that the platform has given up and the client must act.',
    },
    'state.canceled': {
      level: 'MUST',
      basis: 'derived',
      duty: 'canceled before it started: in the end (3,32)',
      needs: ['probe', 'clock'],
      why: 'A client that canceled in time must be able to see that the work was never done.',
    },
    'state.terminal-is-final': {
      level: 'MUST',
      basis: 'derived',
      duty: 'once (3,*) nothing changes any more until it expires: no state, no output, no attempt (observed over a virtual day, or the length of the run)',
      needs: ['probe'],
      why: 'A client stops polling at a final state; whatever changes afterwards it will never know.',
    },
    'state.legal-history': {
      level: 'MUST',
      basis: 'derived',
      duty: 'every sequence of observations of one operation, concurrent ones included, can be explained by one run of the lifecycle',
      needs: ['probe'],
      why: 'Clients and dashboards derive what happened from what they saw in which order; an impossible order makes every such conclusion wrong.',
    },
    'state.between-attempts': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what is shown while waiting for a retry: (0,0) or (2,20)',
      needs: ['probe'],
      why: 'Dashboards that show a waiting retry have to know what it looks like.',
    },
  },
});
