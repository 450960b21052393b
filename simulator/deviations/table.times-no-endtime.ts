import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.times-no-endtime',
  breaks: 'table.times',
  summary: 'never sets endtime',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'endtime' ? { ...column, read: () => null, show: () => null } : column,
        ),
  }),
});
