import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.outputparameters-null',
  breaks: 'table.outputparameters',
  summary: 'leaves outputparameters empty',
  alsoBreaks: {
    'monitor.agrees-with-row': 'monitor and row differ by it',
  },
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) => (column.name === 'outputparameters' ? { ...column, read: () => null } : column)),
  }),
});
