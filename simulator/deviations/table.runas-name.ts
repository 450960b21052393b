import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.runas-name',
  breaks: 'table.runas',
  summary: 'shows a name instead of the user’s id',
  alsoBreaks: {
    'table.runas-initiator': 'the value is not the initiator’s',
  },
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) => (column.name === 'runas' ? { ...column, read: () => 'CONTOSO\\svc' } : column)),
  }),
});
