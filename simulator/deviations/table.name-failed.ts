import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.name-failed',
  breaks: 'table.name',
  summary: 'shows the display name as name of an operation that failed',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'name'
            ? { ...column, read: (o) => (o.status === 31 ? o.displayName : o.name) }
            : column,
        ),
  }),
});
