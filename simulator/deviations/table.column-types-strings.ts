import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.column-types-strings',
  breaks: 'table.column-types',
  summary: 'shows retrycount and priority as strings',
  alsoBreaks: {
    'ttl.default': 'the time to live is another one',
  },
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'ttlinseconds' || column.name === 'priority'
            ? { ...column, show: (o) => String(column.read(o)) }
            : column,
        ),
  }),
});
