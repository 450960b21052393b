import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.times-local',
  breaks: 'table.times',
  summary: 'shows createdon in a local time without saying so',
  alsoBreaks: {
    'ttl.kept-before': 'the row is gone too early',
    'table.filter': 'a row is found by a value that the contract does not give it',
  },
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
