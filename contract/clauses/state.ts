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
    },
    'state.waiting': {
      level: 'MUST',
      basis: 'derived',
      duty: 'before its first attempt, and not canceled: (0,0)',
      needs: ['probe', 'clock'],
    },
    'state.executing': {
      level: 'MUST',
      basis: 'stated',
      duty: 'during an attempt: (2,20), or (2,22) once canceled',
      needs: ['probe'],
    },
    'state.succeeded': {
      level: 'MUST',
      basis: 'stated',
      duty: 'after success: (3,30)',
      needs: ['probe'],
    },
    'state.failed': {
      level: 'MUST',
      basis: 'stated',
      duty: 'after the last failure: (3,31)',
      needs: ['probe', 'clock', 'slow'],
    },
    'state.canceled': {
      level: 'MUST',
      basis: 'derived',
      duty: 'canceled before it started: in the end (3,32)',
      needs: ['probe', 'clock'],
    },
    'state.terminal-is-final': {
      level: 'MUST',
      basis: 'derived',
      duty: 'once (3,*) nothing changes any more until it expires: no state, no output, no attempt (observed over a virtual day, or the length of the run)',
      needs: ['probe'],
    },
    'state.legal-history': {
      level: 'MUST',
      basis: 'derived',
      duty: 'every sequence of observations of one operation, concurrent ones included, can be explained by one run of the lifecycle',
      needs: ['probe'],
    },
    'state.between-attempts': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what is shown while waiting for a retry: (0,0) or (2,20) (10.12)',
      needs: ['probe'],
    },
  },
});
