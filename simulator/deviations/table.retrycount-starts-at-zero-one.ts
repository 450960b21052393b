import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.retrycount-starts-at-zero-one',
  breaks: 'table.retrycount-starts-at-zero',
  summary: 'counts from one',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'retrycount'
            ? { ...column, read: (o) => (o.state === 3 ? o.retryCount : o.retryCount + 1) }
            : column,
        ),
  }),
});
