import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.column-types-dates',
  breaks: 'table.column-types',
  summary: 'shows modifiedon as a number',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) => (column.name === 'modifiedon' ? { ...column, show: (o) => o.modifiedOn } : column)),
  }),
});
