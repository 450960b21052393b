import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.displayname-unique',
  breaks: 'table.displayname',
  summary: 'shows the unique name as display name',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) => (column.name === 'displayname' ? { ...column, read: (o) => o.name } : column)),
  }),
});
