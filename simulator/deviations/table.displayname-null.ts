import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.displayname-null',
  breaks: 'table.displayname',
  summary: 'leaves displayname empty',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) => (column.name === 'displayname' ? { ...column, read: () => null } : column)),
  }),
});
