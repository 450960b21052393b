import { defineDeviation } from '../deviation.ts';

export default defineDeviation({
  name: 'table.outputparameters-latin',
  breaks: 'table.outputparameters',
  summary: 'keeps the lower byte of each character',
  behaviour: (contract) => ({
    columns: (choices, keyValues) =>
      contract.columns(choices, keyValues).map((column) =>
        column.name === 'outputparameters'
          ? {
              ...column,
              read: (o) =>
                o.outputs === undefined
                  ? null
                  : Buffer.from(keyValues(o.outputs), 'latin1').toString('latin1'),
            }
          : column,
      ),
  }),
});
