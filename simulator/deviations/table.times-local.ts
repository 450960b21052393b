import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.times-local',
  breaks: 'table.times',
  summary: 'shows createdon in a local time without saying so',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'createdon'
            ? { ...column, show: (o) => new Date(o.createdOn + 7_200_000).toISOString() }
            : column,
        ),
  }),
});
