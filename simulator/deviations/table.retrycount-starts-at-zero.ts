import { editColumns, showWhere } from '../decision-edits.ts';
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
  canceled: {
    summary: 'counts a cancellation before the start as a retry',
    narrow: true,
    behaviour: showWhere(
      ['retrycount'],
      (o) => o.canceled && o.attempts === 0,
      () => 1,
    ),
  },
  waiting: {
    summary: 'leaves retrycount empty until the first attempt starts',
    narrow: true,
    behaviour: showWhere(
      ['retrycount'],
      (o) => o.attempts === 0 && o.state === 0,
      () => null,
    ),
  },
});
