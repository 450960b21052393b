import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.runas-initiator-system',
  breaks: 'table.runas-initiator',
  summary: 'runs everything as one system user',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'runas'
            ? { ...column, read: () => '11111111-2222-4333-8444-555555555555' }
            : column,
        ),
  }),
});
