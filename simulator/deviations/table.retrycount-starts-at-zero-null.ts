import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.retrycount-starts-at-zero-null',
  breaks: 'table.retrycount-starts-at-zero',
  summary: 'leaves retrycount empty until something is retried',
  alsoBreaks: {
    'table.filter': 'a row is found by a value that the contract does not give it',
    'retry.count': 'the count follows the same number',
  },
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'retrycount'
            ? { ...column, read: (o) => (o.retryCount === 0 ? null : o.retryCount) }
            : column,
        ),
  }),
});
