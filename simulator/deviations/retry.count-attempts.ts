import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.count-attempts',
  breaks: 'retry.count',
  summary: 'counts attempts instead of retries once something was retried',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'retrycount'
            ? { ...column, read: (o) => (o.attempts > 1 ? o.attempts : 0) }
            : column,
        ),
  }),
});
