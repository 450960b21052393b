import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.inputparameters-first',
  breaks: 'table.inputparameters',
  summary: 'keeps the first input only',
  alsoBreaks: {
    'retry.same-operation': 'operations are looked for by their inputs',
  },
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract
        .columns(choices, keyValues)
        .map((column) =>
          column.name === 'inputparameters'
            ? { ...column, read: (o) => keyValues(o.inputs.slice(0, 1)) }
            : column,
        ),
  }),
});
