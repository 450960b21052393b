import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.count-capped',
  breaks: 'retry.count',
  summary: 'counts at most two retries',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'retrycount' ? { ...column, read: (o) => Math.min(2, o.retryCount) } : column,
        ),
  }),
});
