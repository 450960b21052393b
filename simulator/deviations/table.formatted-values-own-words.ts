import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.formatted-values-own-words',
  breaks: 'table.formatted-values',
  summary: 'uses labels of its own',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.labels === undefined ? column : { ...column, labels: { ...column.labels, 0: 'Queued' } },
        ),
  }),
});
