import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'retry.count-zero',
  breaks: 'retry.count',
  summary: 'leaves retrycount at zero',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) => (column.name === 'retrycount' ? { ...column, read: () => 0 } : column)),
  }),
});
