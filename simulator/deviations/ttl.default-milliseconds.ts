import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'ttl.default-milliseconds',
  breaks: 'ttl.default',
  summary: 'shows the time to live in days',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'ttlinseconds' ? { ...column, read: (o) => o.ttlSeconds / 86_400 } : column,
        ),
  }),
});
