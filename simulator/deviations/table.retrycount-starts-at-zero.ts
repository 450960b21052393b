import { editColumns } from '../decision-edits.ts';
import { defineDeviations } from '../deviation.ts';

export default defineDeviations({
  null: {
    summary: 'leaves retrycount empty until something is retried',
    alsoBreaks: {
      'table.filter': 'a row is found by a value that the contract does not give it',
      'retry.count': 'the count follows the same number',
    },
    behaviour: editColumns(['retrycount'], () => ({
      read: (o) => (o.retryCount === 0 ? null : o.retryCount),
    })),
  },
  one: {
    summary: 'counts from one',
    alsoBreaks: {
      'retry.count': 'the count follows the same number',
    },
    behaviour: editColumns(['retrycount'], () => ({
      read: (o) => (o.state === 3 ? o.retryCount : o.retryCount + 1),
    })),
  },
});
