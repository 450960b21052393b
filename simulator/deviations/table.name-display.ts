import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.name-display',
  breaks: 'table.name',
  summary: 'shows the display name as name',
  alsoBreaks: {
    'table.filter': 'a row is found by a value that the contract does not give it',
  },
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) => (column.name === 'name' ? { ...column, read: (o) => o.displayName } : column)),
  }),
});
