import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.displayname-waiting',
  breaks: 'table.displayname',
  summary: 'fills in displayname when the first attempt starts',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'displayname'
            ? { ...column, read: (o) => (o.attempts === 0 ? null : o.displayName) }
            : column,
        ),
  }),
});
