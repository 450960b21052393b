import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.name-lower',
  breaks: 'table.name',
  summary: 'shows the name in lower case',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'name' ? { ...column, read: (o) => o.name.toLowerCase() } : column,
        ),
  }),
});
