import { defineSection } from '../clause.ts';

/** error — error code and message. */
export const error = defineSection({
  id: 'error',
  title: 'error code and message',
  source: { document: 'article', anchor: 'background-operations-table' },
  clauses: {
    'error.platform-code': {
      level: 'MUST',
      basis: 'stated',
      duty: 'an error of the platform keeps its code, a signed 32-bit integer (-2147187707)',
      needs: ['probe', 'clock', 'slow'],
    },
    'error.other-code-zero': {
      level: 'MUST',
      basis: 'stated',
      duty: 'an error that did not come from the platform has code 0',
      needs: ['probe', 'clock', 'slow'],
    },
    'error.message': {
      level: 'MUST',
      basis: 'derived',
      duty: "the message is the error's own, any Unicode text",
      needs: ['probe', 'clock', 'slow'],
    },
    'error.same-everywhere': {
      level: 'MUST',
      basis: 'derived',
      duty: 'monitor, row and callback give the same code and message',
      needs: ['probe', 'table', 'callback', 'clock', 'slow'],
    },
  },
});
