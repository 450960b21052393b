import { defineSection } from '../clause.ts';

/** error — error code and message. */
export const error = defineSection({
  id: 'error',
  title: 'Error code and message',
  source: { document: 'article', anchor: 'background-operations-table' },
  clauses: {
    'error.platform-code': {
      level: 'MUST',
      basis: 'stated',
      duty: 'an error of the platform keeps its code, a signed 32-bit integer (-2147187707)',
      needs: ['probe', 'clock', 'slow'],
      why: 'Clients decide by the code, for example whether to ask for a privilege.',
    },
    'error.other-code-zero': {
      level: 'MUST',
      basis: 'stated',
      duty: 'an error that did not come from the platform has code 0',
      needs: ['probe', 'clock', 'slow'],
      why: 'Zero is how a client tells an error of the custom code from one of the platform.',
    },
    'error.plug-in-code': {
      level: 'MAY',
      basis: 'derived',
      duty: 'what the error code is where a plug-in gives its own error an integer code',
      needs: ['probe', 'clock', 'slow'],
      why: 'Authors of custom APIs who pass a code of their own want to know whether clients see it.',
      source: {
        document: 'article',
        anchor: 'background-operations-table',
        note: 'Samples show such codes as they are; the column is described for errors of the platform only.',
      },
    },
    'error.message': {
      level: 'MUST',
      basis: 'derived',
      duty: "the error message is the error's own, any Unicode text",
      needs: ['probe', 'clock', 'slow'],
      why: 'The message is often all that the developer of the custom API has.',
      source: {
        document: 'article',
        anchor: 'poll-the-status-monitor-resource',
        note: 'The error message of the execution is what is shown.',
      },
    },
    'error.same-everywhere': {
      level: 'MUST',
      basis: 'derived',
      duty: 'monitor, row and callback give the same code and message',
      needs: ['probe', 'table', 'callback', 'clock', 'slow'],
      why: 'Monitor, row and callback must give the same cause.',
      source: {
        document: 'article',
        anchor: 'poll-the-status-monitor-resource',
        note: 'Monitor, row and callback describe one error of one operation.',
      },
    },
  },
});
