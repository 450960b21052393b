import { defineSection } from '../clause.ts';

/** cancel — Cancel background operations. */
export const cancel = defineSection({
  id: 'cancel',
  title: 'Cancel background operations',
  source: { document: 'article', anchor: 'cancel-background-operations' },
  clauses: {
    'cancel.delete-answer': {
      level: 'MUST',
      basis: 'shown',
      duty: 'DELETE of the monitor of an operation that has not started answers 200 with exactly state 2, status 22',
      needs: ['probe', 'clock'],
    },
    'cancel.running-accepted': {
      level: 'MUST',
      basis: 'derived',
      duty: 'the same answers, both ways, while an attempt runs (started, not stopped, but its failure is not retried: so it is accepted)',
      needs: ['probe'],
    },
    'cancel.patch-answer': {
      level: 'MUST',
      basis: 'shown',
      duty: 'PATCH of the row with (2,22) and `If-Match: *`, not yet started, answers 204 without a body, `OData-Version: 4.0`',
      needs: ['probe', 'table', 'clock'],
    },
    'cancel.before-start-never-executes': {
      level: 'MUST',
      basis: 'stated',
      duty: 'canceled before it started, the custom API is never executed',
      needs: ['probe', 'clock'],
    },
    'cancel.running-is-not-stopped': {
      level: 'MUST',
      basis: 'stated',
      duty: 'a started attempt runs to its own end; the operation is not terminal before',
      needs: ['probe'],
    },
    'cancel.shows-canceling': {
      level: 'MUST',
      basis: 'derived',
      duty: 'from the cancellation to the end: (2,22)',
      needs: ['probe'],
    },
    'cancel.no-retry': {
      level: 'MUST',
      basis: 'stated',
      duty: 'an attempt that fails after the cancellation is not retried',
      needs: ['probe', 'clock', 'slow'],
    },
    'cancel.no-retry-while-waiting': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'canceled between two attempts: no further attempt',
      needs: ['probe', 'clock'],
    },
    'cancel.terminal-refused-delete': {
      level: 'MUST',
      basis: 'stated',
      duty: 'DELETE on a finished operation is refused: not 2xx',
      needs: ['probe'],
    },
    'cancel.terminal-refused-patch': {
      level: 'MUST',
      basis: 'stated',
      duty: 'PATCH likewise',
      needs: ['probe', 'table'],
    },
    'cancel.terminal-message': {
      level: 'MUST',
      basis: 'stated',
      duty: 'with the text "Canceling background operation is not allowed after it is in terminal state." anywhere in the body, after success, failure and cancellation',
      needs: ['probe'],
    },
    'cancel.terminal-conflict': {
      level: 'SHOULD',
      basis: 'shown',
      duty: 'DELETE: 409 with the flat body `{"message": …}` (V5)',
      needs: ['probe'],
    },
    'cancel.terminal-changes-nothing': {
      level: 'MUST',
      basis: 'derived',
      duty: 'state, outputs, error and times stay as they were',
      needs: ['probe'],
    },
    'cancel.ways-are-equal': {
      level: 'MUST',
      basis: 'derived',
      duty: 'both ways have the same effect, seen on monitor and row alike',
      needs: ['probe', 'table'],
    },
    'cancel.twice': {
      level: 'SHOULD',
      basis: 'derived',
      duty: 'canceling again before the end is harmless: no 5xx, same outcome',
      needs: ['probe'],
    },
    'cancel.race': {
      level: 'MUST',
      basis: 'derived',
      duty: 'of a cancellation that races a start or an end, one wins cleanly: either never executed and (3,32), or it ran; never both',
      needs: ['probe'],
    },
    'cancel.running-outcome': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what a canceled operation ends as, when its attempt succeeded ((3,30) or (3,32)) and when it failed ((3,31) or (3,32))',
      needs: ['probe'],
    },
    'cancel.by-another-user': {
      level: 'MAY',
      basis: 'stated',
      duty: 'what happens when another user than the initiator cancels ("that you initiated")',
      needs: ['probe', 'other'],
    },
    'cancel.partial-patch': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what a PATCH of only one of the two columns, or of another pair, does',
      needs: ['probe', 'table'],
    },
    'cancel.without-if-match': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what the PATCH does without `If-Match` (an elastic table upserts)',
      needs: ['probe', 'table'],
    },
  },
});
